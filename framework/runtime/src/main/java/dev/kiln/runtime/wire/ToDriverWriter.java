package dev.kiln.runtime.wire;

import dev.kiln.runtime.codec.ByteSink;
import java.util.List;

/** Writes one batch of messages to a driver. For one thread. */
final class ToDriverWriter {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int INPUT_MISSING = 2;
    static final int RETURNED = 3;
    static final int COPIED = 4;
    static final int SAVED = 5;

    /** The place of each in this list is its number. */
    static final List<ToDriver.Saved.Result> RESULTS = List.of(
            ToDriver.Saved.Result.DONE,
            ToDriver.Saved.Result.MISSING,
            ToDriver.Saved.Result.NOT_ENCODABLE,
            ToDriver.Saved.Result.FAILED);

    private final ByteSink out;
    private long lastTask;

    ToDriverWriter(ByteSink out) {
        this.out = out;
    }

    ByteSink out() {
        return out;
    }

    void write(ToDriver message) {
        switch (message) {
            case ToDriver.Done done -> {
                out.u8(DONE);
                task(done.task(), done.attempt());
                out.signed(done.bytes());
                Payloads.write(done.small(), out);
                Payloads.writeNumbers(done.fetched(), out);
                out.signed(done.bytesMoved());
                out.signed(done.nanos());
            }
            case ToDriver.Returned returned -> {
                out.u8(RETURNED);
                task(returned.task(), returned.attempt());
            }
            case ToDriver.Copied copied -> {
                out.u8(COPIED);
                task(copied.value(), copied.from());
                out.u8(copied.here() ? 1 : 0);
            }
            case ToDriver.Failed failed -> {
                out.u8(FAILED);
                task(failed.task(), failed.attempt());
                out.string(failed.reason());
                Payloads.write(failed.exception(), out);
            }
            case ToDriver.Saved saved -> {
                out.u8(SAVED);
                task(saved.value(), RESULTS.indexOf(saved.result()));
                out.signed(saved.bytes());
                out.string(saved.problem() == null ? "" : saved.problem());
            }
            case ToDriver.InputMissing missing -> {
                out.u8(INPUT_MISSING);
                task(missing.task(), missing.attempt());
                out.signed(missing.value());
                out.signed(missing.from());
            }
        }
    }

    private void task(long number, int attempt) {
        out.signed(number - lastTask);
        lastTask = number;
        out.signed(attempt);
    }
}
