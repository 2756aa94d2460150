package dev.kiln.engine.samples;

import java.util.Random;

public final class RollsDice {
    int roll() {
        return new Random().nextInt(6);
    }
}
