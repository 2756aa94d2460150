package dev.kiln.csvm.samples;

public final class EndsTheJvm {
    void end() {
        System.exit(1);
    }
}
