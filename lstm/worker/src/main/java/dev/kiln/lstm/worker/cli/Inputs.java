package dev.kiln.lstm.worker.cli;

import dev.kiln.command.UsageException;
import dev.kiln.lstm.BadSeriesException;
import dev.kiln.lstm.worker.BadModelException;
import dev.kiln.lstm.worker.engine.EngineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;

/** What is checked before work begins, and how what is wrong becomes one line. */
final class Inputs {

    private Inputs() {}

    /** Work whose complaints about the user's files and options are for the user. */
    static <T> T shown(Supplier<T> work) {
        try {
            return work.get();
        } catch (BadSeriesException | BadModelException | EngineException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    static void file(Path path) {
        if (Files.isDirectory(path)) {
            throw new UsageException(path + ": this is a directory; expected a file");
        }
        if (!Files.exists(path)) {
            throw new UsageException(path + ": no such file");
        }
        if (!Files.isReadable(path)) {
            throw new UsageException(path + ": cannot be read: permission denied");
        }
    }

    /** A file to be written later, so that long work is not lost for a wrong path. */
    static void target(String option, Path path) {
        Path folder = path.toAbsolutePath().getParent();
        if (Files.isDirectory(path) || folder == null) {
            throw new UsageException(option + " " + path + ": this is a directory; expected the name of a file");
        }
        if (!Files.isDirectory(folder)) {
            throw new UsageException(option + " " + path + ": there is no folder " + folder);
        }
        if (!Files.isWritable(folder)) {
            throw new UsageException(option + " " + path + ": the folder " + folder + " cannot be written to");
        }
    }

    static <E extends Enum<E>> E choice(String option, Class<E> type, String text) {
        var names = new StringBuilder();
        for (E value : type.getEnumConstants()) {
            String name = name(value);
            if (name.equals(text)) {
                return value;
            }
            names.append(names.isEmpty() ? "" : ", ").append(name);
        }
        throw new UsageException(option + " " + text + ": expected one of " + names);
    }

    /** An enum's constant as it is written on the command line. */
    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static double number(String option, String text, boolean zero) {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        if (!(zero ? value >= 0 : value > 0) || Double.isInfinite(value)) {
            throw new UsageException(
                    option + " " + text + ": expected " + (zero ? "0 or a number above" : "a number above 0"));
        }
        return value;
    }

    /** At least 0 and below 1. */
    static double part(String option, String text) {
        double value = number(option, text, true);
        if (value >= 1) {
            throw new UsageException(option + " " + text + ": expected below 1");
        }
        return value;
    }

    static int between(String option, int least, int most, int value) {
        if (value < least || value > most) {
            throw new UsageException(option + " " + value + ": expected " + least + " to " + most);
        }
        return value;
    }
}
