package dev.kiln.runtime.testing;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@link Ledger} is on nodes. Nothing in it is synchronised: its calls are ordered by the cluster. */
public final class PlainLedger implements Ledger, Serializable {

    private static final long serialVersionUID = 1L;

    private final List<Integer> numbers = new ArrayList<>();
    private Object held;

    PlainLedger() {}

    PlainLedger(int first) {
        if (first < 0) {
            throw new IllegalArgumentException("first is " + first);
        }
        numbers.add(first);
    }

    @Override
    public int add(int number) {
        numbers.add(number);
        return numbers.size();
    }

    @Override
    public void addWhen(String file, int number) {
        try {
            Files.writeString(Path.of(file + "-awaited"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitFile(file);
        numbers.add(number);
    }

    private static void awaitFile(String file) {
        try {
            Eventually.until(() -> Files.exists(Path.of(file)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void set(List<Integer> all) {
        numbers.clear();
        numbers.addAll(all);
    }

    @Override
    public void spoil(String reason) throws LedgerException {
        numbers.add(-1);
        throw new LedgerException(reason);
    }

    @Override
    public void hold(boolean thread) {
        numbers.add(0);
        held = thread ? Thread.currentThread() : null;
    }

    @Override
    public List<Integer> numbers() {
        return new ArrayList<>(numbers);
    }

    @Override
    public int size() {
        return numbers.size();
    }

    @Override
    public String meet(String mine, String other) {
        try {
            Files.writeString(Path.of(mine), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitFile(other);
        return mine;
    }

    @Override
    public byte[] echo(byte[] data) {
        return data;
    }

    @Override
    public Thread unsendable() {
        return Thread.currentThread();
    }

    @Override
    public long process() {
        return ProcessHandle.current().pid();
    }

    @Override
    public List<Integer> with(List<Integer> more) {
        List<Integer> both = numbers();
        both.addAll(more);
        return both;
    }

    @Override
    public Totals totals() {
        return new Totals(
                numbers.size(), numbers.stream().mapToLong(Integer::longValue).sum());
    }
}
