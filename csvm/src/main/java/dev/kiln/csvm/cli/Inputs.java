package dev.kiln.csvm.cli;

import dev.kiln.command.UsageException;
import dev.kiln.dislib.data.LabelColumn;
import dev.kiln.dislib.data.Sparsity;
import dev.kiln.dislib.data.TextFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What is checked before a node is started. */
final class Inputs {

    private Inputs() {}

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

    /** A file to be written later, so that hours of work are not lost for a wrong path. */
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

    static double positive(String option, String text) {
        double value = number(text);
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new UsageException(option + " " + text + ": expected a number above 0");
        }
        return value;
    }

    static double finite(String option, String text) {
        double value = number(text);
        if (!Double.isFinite(value)) {
            throw new UsageException(option + " " + text + ": expected a finite number");
        }
        return value;
    }

    /** The number that a text is; NaN if it is none. */
    static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    static int atLeastOne(String option, int value) {
        if (value < 1) {
            throw new UsageException(option + " " + value + ": expected 1 or more");
        }
        return value;
    }

    static <E extends Enum<E>> E choice(String option, Class<E> type, String text) {
        for (E value : type.getEnumConstants()) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
                return value;
            }
        }
        var names = new StringBuilder();
        for (E value : type.getEnumConstants()) {
            names.append(names.isEmpty() ? "" : ", ").append(value.name().toLowerCase(Locale.ROOT));
        }
        throw new UsageException(option + " " + text + ": expected one of " + names);
    }

    static TextFormat format(String text) {
        return choice("--format", TextFormat.class, text);
    }

    static Sparsity sparse(String text) {
        return choice("--sparse", Sparsity.class, text);
    }

    static LabelColumn label(String text) {
        return column("--label", text);
    }

    static LabelColumn column(String option, String text) {
        if (text.isBlank()) {
            throw new UsageException(option + " '': expected first, last, the name of a column, or its number");
        }
        return LabelColumn.of(text);
    }
}
