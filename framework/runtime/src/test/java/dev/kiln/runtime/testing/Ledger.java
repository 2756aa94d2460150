package dev.kiln.runtime.testing;

import dev.kiln.tasks.Idempotent;
import dev.kiln.tasks.ReadOnly;
import java.util.List;

/** An active object for tests: numbers in the order in which they were added. */
public interface Ledger {

    /** Adds a number; returns how many there are. */
    int add(int number);

    /** Adds it when the file exists, and until then waits; another, "-awaited", tells that. */
    void addWhen(String file, int number);

    /** Sets all, which may be done twice. */
    @Idempotent
    void set(List<Integer> numbers);

    /** Throws, having added a number. */
    void spoil(String reason) throws LedgerException;

    /** Takes something that cannot travel into its state, or lets go of it. */
    void hold(boolean thread);

    @ReadOnly
    List<Integer> numbers();

    @ReadOnly
    int size();

    /** Makes the first file, and waits for the second. */
    @ReadOnly
    String meet(String mine, String other);

    @ReadOnly
    byte[] echo(byte[] data);

    @ReadOnly
    Thread unsendable();

    /** The name of the thread that it runs on. */
    @ReadOnly
    long process();

    @ReadOnly
    List<Integer> with(List<Integer> more);

    /** A pair of how many there are and their sum. */
    @ReadOnly
    Totals totals();

    /** Both at once. */
    record Totals(int count, long sum) {}

    /** What it throws. */
    final class LedgerException extends Exception {
        private static final long serialVersionUID = 1L;

        public LedgerException(String message) {
            super(message);
        }
    }
}
