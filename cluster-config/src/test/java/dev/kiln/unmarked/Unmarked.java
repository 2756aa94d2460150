package dev.kiln.unmarked;

public final class Unmarked {}
