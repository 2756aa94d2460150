package dev.kiln.runtime.driver;

import dev.kiln.runtime.checkpoint.CodeVersion;
import dev.kiln.runtime.checkpoint.Identity;
import dev.kiln.runtime.checkpoint.IdentityBuilder;
import dev.kiln.runtime.codec.NotEncodableException;
import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.tasks.Arg;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.spi.TaskCall;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the value of a task is before it exists: see {@link Identity}. Of tasks that are the same in everything each
 * further one counts as another, since a task may well give something else each time. Where, and how often, a task is
 * tried does not count. Thread-safe.
 */
final class Identifier {

    private final CodeVersion code;
    private final ValueCodec codec;
    private final Map<Identity, Integer> times = new ConcurrentHashMap<>();

    Identifier(CodeVersion code, ValueCodec codec) {
        this.code = code;
        this.codec = codec;
    }

    /** Of the value that a task will make; called once for each task. */
    Identity of(TaskCall call) {
        var parts = new IdentityBuilder(call.update() ? "update" : "task")
                .text(code.program())
                .text(code.library())
                .text(call.method().method().getDeclaringClass().getName())
                .text(call.method().method().getName())
                .text(call.method().descriptor());
        try {
            call.args().forEach(arg -> add(arg, parts));
        } catch (NotEncodableException e) {
            throw e.in("an argument of " + call.name());
        }
        Identity first = parts.build();
        int before = times.merge(first, 1, Integer::sum) - 1;
        return before == 0
                ? first
                : new IdentityBuilder("again").identity(first).number(before).build();
    }

    /** Of a value that the program puts: what it is says it all. */
    Identity of(@Nullable Object put) {
        return new IdentityBuilder("put").bytes(codec.canonical(put)).build();
    }

    private void add(Arg<?> arg, IdentityBuilder parts) {
        switch (arg) {
            case Ref<?> ref -> {
                DriverRef<?> own = (DriverRef<?>) ref;
                parts.text("ref")
                        .identity(Objects.requireNonNull(own.value.identity, "an identity of each value"))
                        .number(own.part);
            }
            case Arg.Value<?> literal -> parts.text("value").bytes(codec.canonical(literal.value()));
            case Arg.All<?> all -> {
                parts.text("all").number(all.args().size());
                all.args().forEach(each -> add(each, parts));
            }
        }
    }
}
