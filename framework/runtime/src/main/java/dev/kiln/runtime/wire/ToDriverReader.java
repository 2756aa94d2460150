package dev.kiln.runtime.wire;

import dev.kiln.runtime.codec.ByteSource;

/** Reads one batch that {@link ToDriverWriter} wrote. For one thread. */
final class ToDriverReader {

    private final ByteSource in;
    private long lastTask;

    ToDriverReader(ByteSource in) {
        this.in = in;
    }

    ToDriver read() {
        int kind = in.u8();
        lastTask += in.signed();
        long task = lastTask;
        int attempt = in.signedInt();
        return switch (kind) {
            case ToDriverWriter.DONE ->
                new ToDriver.Done(
                        task,
                        attempt,
                        in.signed(),
                        Payloads.read(in),
                        Payloads.readNumbers(in),
                        in.signed(),
                        in.signed());
            case ToDriverWriter.RETURNED -> new ToDriver.Returned(task, attempt);
            case ToDriverWriter.COPIED -> new ToDriver.Copied(task, attempt, in.u8() != 0);
            case ToDriverWriter.FAILED -> new ToDriver.Failed(task, attempt, in.string(), Payloads.read(in));
            case ToDriverWriter.SAVED -> saved(task, attempt);
            case ToDriverWriter.INPUT_MISSING -> new ToDriver.InputMissing(task, attempt, in.signed(), in.signedInt());
            default -> throw in.corrupt("the unknown answer " + kind);
        };
    }

    private ToDriver.Saved saved(long value, int result) {
        if (result < 0 || result >= ToDriverWriter.RESULTS.size()) {
            throw in.corrupt("the unknown result " + result);
        }
        long bytes = in.signed();
        String problem = in.string();
        return new ToDriver.Saved(value, ToDriverWriter.RESULTS.get(result), bytes, problem.isEmpty() ? null : problem);
    }
}
