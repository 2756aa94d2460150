package dev.kiln.csvm.cli;

import dev.kiln.command.UsageException;
import dev.kiln.csvm.BadModelException;
import dev.kiln.dislib.data.BadDataException;
import java.util.function.Supplier;

/** Turns what is wrong with a user's files into the one line to show. */
final class BadInput {

    private BadInput() {}

    static <T> T shown(Supplier<T> work) {
        try {
            return work.get();
        } catch (BadDataException | BadModelException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
