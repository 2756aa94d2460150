package dev.kiln.engine.samples;

public final class StartsThreads {
    void start() {
        Thread.ofPlatform().start(() -> {});
    }
}
