package dev.kiln.engine.samples;

public final class AsksTheSystemTime {
    long now() {
        return System.nanoTime();
    }
}
