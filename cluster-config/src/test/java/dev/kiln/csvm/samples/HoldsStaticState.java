package dev.kiln.csvm.samples;

public final class HoldsStaticState {
    static int count;
}
