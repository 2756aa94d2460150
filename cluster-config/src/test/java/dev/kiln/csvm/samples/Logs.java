package dev.kiln.csvm.samples;

import java.util.logging.Logger;

public final class Logs {
    void log() {
        Logger.getLogger("x").info("y");
    }
}
