package dev.kiln.lstm.worker.samples;

import dev.kiln.engine.Counts;

public final class ReachesForTheEngine {
    long done(Counts counts) {
        return counts.done();
    }
}
