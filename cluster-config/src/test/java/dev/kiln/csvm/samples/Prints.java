package dev.kiln.csvm.samples;

public final class Prints {
    void print() {
        System.out.println("x");
    }
}
