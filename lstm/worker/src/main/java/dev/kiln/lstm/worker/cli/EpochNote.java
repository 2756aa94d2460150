package dev.kiln.lstm.worker.cli;

import dev.kiln.command.Console;
import java.util.Locale;
import java.util.function.DoubleConsumer;

/** Says behind the progress bar how far training has come. For one thread. */
final class EpochNote implements DoubleConsumer {

    private final Console.Progress progress;
    private final String unit;
    private final int all;
    private int done;

    /** Behind a bar that counts the epochs itself. */
    EpochNote(Console.Progress progress) {
        this(progress, "", 0);
    }

    EpochNote(Console.Progress progress, String unit, int all) {
        this.progress = progress;
        this.unit = unit;
        this.all = all;
    }

    @Override
    public void accept(double loss) {
        done++;
        progress.done(done);
        progress.note(
                unit.isEmpty()
                        ? String.format(Locale.ROOT, "loss %.5f", loss)
                        : String.format(Locale.ROOT, "%s %d of %d, loss %.5f", unit, done, all, loss));
    }
}
