package dev.kiln.runtime.wire;

import dev.kiln.engine.Places;
import dev.kiln.runtime.codec.ByteSource;
import java.util.ArrayList;
import java.util.List;

/** Reads one batch that {@link ToNodeWriter} wrote. For one thread. */
final class ToNodeReader {

    private static final int MOST_LEVELS = 100;

    private final ByteSource in;
    private final List<String> names = new ArrayList<>();
    private final List<ToNode.MethodName> methods = new ArrayList<>();
    private long lastTask;

    ToNodeReader(ByteSource in) {
        this.in = in;
    }

    ToNode read() {
        int kind = in.u8();
        return switch (kind) {
            case ToNodeWriter.OPEN -> new ToNode.OpenWorkflow(in.string());
            case ToNodeWriter.RUN -> run();
            case ToNodeWriter.CANCEL -> new ToNode.CancelTask(task(), in.signedInt());
            case ToNodeWriter.TAKE_BACK -> new ToNode.TakeBack(task(), in.signedInt());
            case ToNodeWriter.COPY -> new ToNode.CopyValue(task(), in.signedInt());
            case ToNodeWriter.DROP -> new ToNode.DropValues(Payloads.readNumbers(in));
            case ToNodeWriter.STORE -> new ToNode.StoreValue(task(), Payloads.readPresent(in));
            case ToNodeWriter.SAVE -> new ToNode.SaveValue(task(), in.string());
            case ToNodeWriter.CLOSE -> new ToNode.CloseWorkflow();
            default -> throw in.corrupt("the unknown message " + kind);
        };
    }

    private ToNode run() {
        long task = task();
        int attempt = in.signedInt();
        String name = name();
        ToNode.MethodName method = method();
        int flags = in.u8();
        int priority = in.signedInt();
        int shard = in.signedInt();
        int count = in.count();
        List<ToNode.Input> inputs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            in.arrived();
            inputs.add(input());
        }
        return new ToNode.RunTask(
                task,
                attempt,
                name,
                method,
                inputs,
                arguments(0),
                (flags & ToNodeWriter.UPDATE) != 0,
                (flags & ToNodeWriter.IN_PLACE) != 0,
                priority,
                shard);
    }

    private ToNode.Input input() {
        long value = lastTask + in.signed();
        int from = in.signedInt();
        int shard = in.signedInt();
        Payload small = Payloads.read(in);
        return new ToNode.Input(value, from, shard, small, from == Places.CHECKPOINT ? in.string() : null);
    }

    private List<ToNode.Arg> arguments(int depth) {
        if (depth > MOST_LEVELS) {
            throw in.corrupt("arguments gathered in more than " + MOST_LEVELS + " levels");
        }
        int count = in.count();
        List<ToNode.Arg> arguments = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            in.arrived();
            arguments.add(argument(depth));
        }
        return arguments;
    }

    private ToNode.Arg argument(int depth) {
        int kind = in.u8();
        return switch (kind) {
            case ToNodeWriter.LITERAL -> new ToNode.Arg.Literal(Payloads.readPresent(in));
            case ToNodeWriter.READ -> new ToNode.Arg.Read(in.signedInt(), in.signedInt());
            case ToNodeWriter.MANY -> new ToNode.Arg.Many(arguments(depth + 1));
            default -> throw in.corrupt("the unknown argument " + kind);
        };
    }

    private long task() {
        lastTask += in.signed();
        return lastTask;
    }

    private String name() {
        int number = in.index(names.size() + 1);
        if (number == 0) {
            names.add(in.string());
            number = names.size();
        }
        return names.get(number - 1);
    }

    private ToNode.MethodName method() {
        int number = in.index(methods.size() + 1);
        if (number == 0) {
            methods.add(new ToNode.MethodName(name(), name(), name()));
            number = methods.size();
        }
        return methods.get(number - 1);
    }
}
