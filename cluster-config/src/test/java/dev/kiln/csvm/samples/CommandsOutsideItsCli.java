package dev.kiln.csvm.samples;

import dev.kiln.command.UsageException;

public final class CommandsOutsideItsCli {
    void refuse() {
        throw new UsageException("no");
    }
}
