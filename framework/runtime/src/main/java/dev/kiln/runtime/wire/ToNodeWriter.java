package dev.kiln.runtime.wire;

import dev.kiln.engine.Places;
import dev.kiln.runtime.codec.ByteSink;
import java.util.HashMap;
import java.util.Map;

/** Writes one batch of messages to a node. For one thread. */
final class ToNodeWriter {

    static final int OPEN = 0;
    static final int RUN = 1;
    static final int CANCEL = 2;
    static final int DROP = 3;
    static final int CLOSE = 4;
    static final int STORE = 5;
    static final int TAKE_BACK = 6;
    static final int COPY = 7;
    static final int SAVE = 8;

    static final int LITERAL = 0;
    static final int READ = 1;
    static final int MANY = 2;

    static final int UPDATE = 1;
    static final int IN_PLACE = 2;

    private final ByteSink out;
    private final Map<String, Integer> names = new HashMap<>();
    private final Map<ToNode.MethodName, Integer> methods = new HashMap<>();
    private long lastTask;

    ToNodeWriter(ByteSink out) {
        this.out = out;
    }

    ByteSink out() {
        return out;
    }

    void write(ToNode message) {
        switch (message) {
            case ToNode.OpenWorkflow open -> {
                out.u8(OPEN);
                out.string(open.code());
            }
            case ToNode.RunTask run -> run(run);
            case ToNode.CancelTask cancel -> {
                out.u8(CANCEL);
                task(cancel.task());
                out.signed(cancel.attempt());
            }
            case ToNode.TakeBack back -> {
                out.u8(TAKE_BACK);
                task(back.task());
                out.signed(back.attempt());
            }
            case ToNode.CopyValue copy -> {
                out.u8(COPY);
                task(copy.value());
                out.signed(copy.from());
            }
            case ToNode.DropValues drop -> {
                out.u8(DROP);
                Payloads.writeNumbers(drop.values(), out);
            }
            case ToNode.StoreValue store -> {
                out.u8(STORE);
                task(store.value());
                Payloads.write(store.payload(), out);
            }
            case ToNode.SaveValue save -> {
                out.u8(SAVE);
                task(save.value());
                out.string(save.file());
            }
            case ToNode.CloseWorkflow close -> out.u8(CLOSE);
        }
    }

    private void run(ToNode.RunTask run) {
        out.u8(RUN);
        task(run.task());
        out.signed(run.attempt());
        name(run.name());
        method(run.method());
        out.u8((run.update() ? UPDATE : 0) | (run.inPlace() ? IN_PLACE : 0));
        out.signed(run.priority());
        out.signed(run.shard());
        out.varint(run.inputs().size());
        for (ToNode.Input input : run.inputs()) {
            out.signed(input.value() - lastTask);
            out.signed(input.from());
            out.signed(input.shard());
            Payloads.write(input.small(), out);
            if (input.from() == Places.CHECKPOINT) {
                out.string(input.file() == null ? "" : input.file());
            }
        }
        out.varint(run.args().size());
        run.args().forEach(this::argument);
    }

    private void argument(ToNode.Arg arg) {
        switch (arg) {
            case ToNode.Arg.Literal literal -> {
                out.u8(LITERAL);
                Payloads.write(literal.value(), out);
            }
            case ToNode.Arg.Read read -> {
                out.u8(READ);
                out.signed(read.index());
                out.signed(read.part());
            }
            case ToNode.Arg.Many many -> {
                out.u8(MANY);
                out.varint(many.args().size());
                many.args().forEach(this::argument);
            }
        }
    }

    private void task(long number) {
        out.signed(number - lastTask);
        lastTask = number;
    }

    private void name(String name) {
        Integer known = names.putIfAbsent(name, names.size() + 1);
        out.varint(known == null ? 0 : known);
        if (known == null) {
            out.string(name);
        }
    }

    private void method(ToNode.MethodName method) {
        Integer known = methods.putIfAbsent(method, methods.size() + 1);
        out.varint(known == null ? 0 : known);
        if (known == null) {
            name(method.className());
            name(method.method());
            name(method.descriptor());
        }
    }
}
