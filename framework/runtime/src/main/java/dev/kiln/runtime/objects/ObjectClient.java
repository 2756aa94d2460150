package dev.kiln.runtime.objects;

import dev.kiln.runtime.codec.NotEncodableException;
import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.runtime.objects.ObjectMessage.Kind;
import dev.kiln.runtime.objects.ObjectMessage.Problem;
import dev.kiln.runtime.objects.ObjectMessage.Status;
import dev.kiln.runtime.wire.Thrown;
import dev.kiln.tasks.ActiveObjectException;
import dev.kiln.tasks.ActiveObjectException.Reason;
import dev.kiln.tasks.ObjectInfo;
import dev.kiln.tasks.Placement;
import dev.kiln.tasks.TaskFailedException;
import dev.kiln.tasks.spi.ObjectCall;
import dev.kiln.tasks.spi.ObjectMethod;
import dev.kiln.tasks.spi.ObjectSpace;
import dev.kiln.tasks.spi.ObjectSpec;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The active objects as one program sees them: encodes what it gives and decodes what it gets. Thread-safe. */
public final class ObjectClient implements ObjectSpace {

    /** Larger answers are decoded on a thread of their own, so that they hold up no others. */
    private static final int DECODE_HERE = 4096;

    private final ObjectAccess access;
    private final ValueCodec codec;
    private final String code;

    /**
     * For one program.
     *
     * @param loader the program's class loader
     * @param code the id of its jar, or empty
     */
    public ObjectClient(ObjectAccess access, ClassLoader loader, String code) {
        this.access = access;
        this.codec = new ValueCodec(loader);
        this.code = code;
    }

    @Override
    public ObjectInfo create(ObjectSpec spec, List<@Nullable Object> args) {
        String node = switch (spec.placement()) {
            case Placement.Anywhere anywhere -> null;
            case Placement.OnNode(String name) -> name;
            case Placement.Near(var value) ->
                value.where().isEmpty() ? null : value.where().getFirst();
            case Placement.OnShard shard ->
                throw new IllegalArgumentException("on(shard(" + shard.shard()
                        + ")): expected node(...) or near(...) for an active object; only values have shards");
        };
        byte[] encoded = encode(args, "the constructor of a " + spec.type().getSimpleName());
        return one(ask(new ObjectRequest.Create(
                spec.alias(),
                spec.type().getName(),
                spec.implementation(),
                code,
                node,
                spec.backups(),
                spec.persistent(),
                spec.lastSnapshotWillDo(),
                encoded)));
    }

    @Override
    public ObjectInfo find(String alias) {
        return one(ask(new ObjectRequest.Find(alias)));
    }

    @Override
    public List<ObjectInfo> list() {
        return infos(ask(new ObjectRequest.ListAll()));
    }

    private static ObjectInfo one(ObjectReply reply) {
        return infos(reply).getFirst();
    }

    private static List<ObjectInfo> infos(ObjectReply reply) {
        if (reply instanceof ObjectReply.Infos(var all)) {
            return all;
        }
        throw new IllegalStateException("expected objects, found " + reply);
    }

    @Override
    public byte[] encode(ObjectMethod method, List<@Nullable Object> args) {
        return encode(args, method.title());
    }

    private byte[] encode(List<@Nullable Object> args, String of) {
        if (args.isEmpty()) {
            return Implementation.NOTHING;
        }
        try {
            return codec.encode(args.toArray());
        } catch (NotEncodableException e) {
            for (int i = 0; i < args.size(); i++) {
                try {
                    codec.check(args.get(i));
                } catch (NotEncodableException that) {
                    throw that.in("argument " + (i + 1) + " of " + of);
                }
            }
            throw e;
        }
    }

    @Override
    public CompletableFuture<@Nullable Object> call(ObjectCall call) {
        ObjectMethod method = call.method();
        CompletableFuture<ObjectReply> reply = access.ask(new ObjectRequest.Invoke(
                call.object(),
                call.alias(),
                method.readOnly() ? Kind.READ : Kind.UPDATE,
                method.method().getName(),
                method.descriptor(),
                call.args(),
                Math.max(1, call.timeout().toMillis()),
                call.repeatable()));
        return reply.thenCompose(answer ->
                answer instanceof ObjectReply.Value(var status, byte[] data) && data.length > DECODE_HERE
                        ? CompletableFuture.supplyAsync(() -> result(call, answer))
                        : CompletableFuture.completedFuture(result(call, answer)));
    }

    private @Nullable Object result(ObjectCall call, ObjectReply reply) {
        return switch (reply) {
            case ObjectReply.Value(Status status, byte[] data)
            when status == Status.RETURNED -> data.length == 0 ? null : codec.decode(data);
            case ObjectReply.Value(Status status, byte[] data) -> {
                Throwable thrown = Thrown.decode(data, codec);
                throw new TaskFailedException(List.of(call.title()), Implementation.oneLine(thrown), thrown);
            }
            case ObjectReply.Failed(Problem problem) -> throw exception(problem);
            default -> throw new IllegalStateException("expected a value, found " + reply);
        };
    }

    @Override
    public long version(long object) {
        return number(ask(new ObjectRequest.Version(object)));
    }

    @Override
    public long snapshot(long object) {
        return number(ask(new ObjectRequest.Snapshot(object)));
    }

    @Override
    public void restore(long object, long version) {
        ask(new ObjectRequest.Restore(object, version));
    }

    @Override
    public void move(long object, String node) {
        ask(new ObjectRequest.Move(object, node));
    }

    @Override
    public void replicate(long object, int copies) {
        ask(new ObjectRequest.Replicate(object, copies));
    }

    @Override
    public void delete(long object) {
        ask(new ObjectRequest.Delete(object));
    }

    private static long number(ObjectReply reply) {
        if (reply instanceof ObjectReply.Count(long value)) {
            return value;
        }
        throw new IllegalStateException("expected a number, found " + reply);
    }

    /** Asks and waits; the service answers every request in time. */
    private ObjectReply ask(ObjectRequest request) {
        try {
            ObjectReply reply = access.ask(request).get();
            if (reply instanceof ObjectReply.Failed(Problem problem)) {
                throw exception(problem);
            }
            return reply;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the cluster was asked", e);
        } catch (ExecutionException e) {
            throw new ActiveObjectException(Reason.UNREACHABLE, "the cluster cannot be asked: " + e.getCause());
        }
    }

    private static ActiveObjectException exception(Problem problem) {
        return new ActiveObjectException(problem.reason(), problem.message());
    }
}
