package dev.kiln.command.internal;

public final class Secret {}
