package dev.kiln.engine.samples;

import java.time.Clock;

public final class AsksTheClock {
    long now() {
        return Clock.systemUTC().millis();
    }
}
