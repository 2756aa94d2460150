package dev.kiln.runtime.driver;

import dev.kiln.engine.Target;
import dev.kiln.runtime.codec.NotEncodableException;
import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.runtime.node.PlainValues;
import dev.kiln.runtime.wire.Payload;
import dev.kiln.runtime.wire.ToNode;
import dev.kiln.tasks.Arg;
import dev.kiln.tasks.Placement;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.spi.TaskCall;
import dev.kiln.tasks.spi.TaskMethod;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns the arguments of a call into inputs and arguments as they are sent. Thread-safe: what it keeps are the names of
 * methods.
 */
final class CallReader {

    private static final int FEW = 8;

    private final Driver driver;
    private final ValueCodec codec;
    private final boolean encodes;
    private final Map<Method, ToNode.MethodName> methods = new ConcurrentHashMap<>();

    CallReader(Driver driver, ValueCodec codec, boolean encodes) {
        this.driver = driver;
        this.codec = codec;
        this.encodes = encodes;
    }

    /**
     * A call taken apart.
     *
     * @param refs every ref that it names, which must be usable when it is submitted
     */
    record Read(TaskParts parts, List<DriverRef<?>> refs) {}

    /**
     * Takes a call apart, and encodes its literals.
     *
     * @throws IllegalArgumentException when a ref belongs to another workflow or a literal cannot be encoded
     */
    Read read(TaskCall call) {
        List<Arg<?>> given = call.args();
        var inputs = new Inputs(given.size());
        var args = new ToNode.Arg[given.size()];
        for (int i = 0; i < args.length; i++) {
            args[i] = argument(given.get(i), inputs, call, i);
        }
        boolean keepsOld = call.update() && (inputs.refs.getFirst().part != DriverRef.WHOLE || inputs.readsOfFirst > 1);
        if (call.placement() instanceof Placement.Near near) {
            inputs.refs.add(driver.own(near.value()));
        }
        ToNode.MethodName method = methods.get(call.method().method());
        if (method == null) {
            method = name(call.method());
            methods.put(call.method().method(), method);
        }
        // There may be millions: nobody changes these lists, so they are not copied.
        var parts = new TaskParts(
                method,
                inputs.values.isEmpty() ? List.of() : inputs.values,
                args.length == 0 ? List.of() : Arrays.asList(args),
                call.update(),
                keepsOld,
                call.priority());
        return new Read(parts, inputs.refs);
    }

    /** Where a call is to run. */
    Target target(Placement placement) {
        return switch (placement) {
            case Placement.Anywhere anywhere -> Target.Anywhere.INSTANCE;
            case Placement.Near near -> new Target.Near(driver.own(near.value()).value.id);
            case Placement.OnNode node -> new Target.Node(node.name());
            case Placement.OnShard shard -> new Target.Shard(shard.shard());
        };
    }

    private static ToNode.MethodName name(TaskMethod task) {
        return new ToNode.MethodName(
                task.method().getDeclaringClass().getName(), task.method().getName(), task.descriptor());
    }

    private ToNode.Arg argument(Arg<?> arg, Inputs inputs, TaskCall call, int position) {
        return switch (arg) {
            case Ref<?> ref -> {
                DriverRef<?> own = driver.own(ref);
                inputs.refs.add(own);
                yield new ToNode.Arg.Read(inputs.read(own.value), own.part);
            }
            case Arg.Value<?> literal -> new ToNode.Arg.Literal(literal(literal.value(), call, position));
            case Arg.All<?> all -> {
                List<ToNode.Arg> many = new ArrayList<>(all.args().size());
                for (Arg<?> each : all.args()) {
                    many.add(argument(each, inputs, call, position));
                }
                yield new ToNode.Arg.Many(many);
            }
        };
    }

    private Payload literal(@Nullable Object value, TaskCall call, int position) {
        try {
            if (encodes) {
                return new Payload.Encoded(codec.encode(value));
            }
            if (!PlainValues.travels(value)) {
                codec.check(value);
            }
            return new Payload.Live(value, 0);
        } catch (NotEncodableException e) {
            throw e.in("argument " + (position + 1) + " of " + call.name());
        }
    }

    /** The inputs of one call, each value once. */
    private static final class Inputs {
        final List<ValueState> values;
        final List<DriverRef<?>> refs;
        int readsOfFirst;
        private @Nullable Map<ValueState, Integer> index;

        Inputs(int args) {
            values = new ArrayList<>(args);
            refs = new ArrayList<>(args);
        }

        int read(ValueState value) {
            int at = indexOf(value);
            if (at == 0) {
                readsOfFirst++;
            }
            return at;
        }

        private int indexOf(ValueState value) {
            Map<ValueState, Integer> map = index;
            if (map == null) {
                int found = values.indexOf(value);
                if (found >= 0) {
                    return found;
                }
                if (values.size() == FEW) {
                    map = new HashMap<>();
                    for (ValueState each : values) {
                        map.put(each, map.size());
                    }
                    index = map;
                }
            }
            if (map != null) {
                Integer found = map.putIfAbsent(value, values.size());
                if (found != null) {
                    return found;
                }
            }
            values.add(value);
            return values.size() - 1;
        }
    }
}
