package dev.kiln.runtime.objects;

import dev.kiln.runtime.codec.ByteSink;
import dev.kiln.runtime.codec.ByteSource;
import dev.kiln.runtime.objects.ObjectMessage.Answer;
import dev.kiln.runtime.objects.ObjectMessage.Assign;
import dev.kiln.runtime.objects.ObjectMessage.Assigned;
import dev.kiln.runtime.objects.ObjectMessage.Call;
import dev.kiln.runtime.objects.ObjectMessage.Commit;
import dev.kiln.runtime.objects.ObjectMessage.Create;
import dev.kiln.runtime.objects.ObjectMessage.Created;
import dev.kiln.runtime.objects.ObjectMessage.Drop;
import dev.kiln.runtime.objects.ObjectMessage.Dropped;
import dev.kiln.runtime.objects.ObjectMessage.Kind;
import dev.kiln.runtime.objects.ObjectMessage.Origin;
import dev.kiln.runtime.objects.ObjectMessage.Prepare;
import dev.kiln.runtime.objects.ObjectMessage.Prepared;
import dev.kiln.runtime.objects.ObjectMessage.Problem;
import dev.kiln.runtime.objects.ObjectMessage.Retire;
import dev.kiln.runtime.objects.ObjectMessage.Retired;
import dev.kiln.runtime.objects.ObjectMessage.Room;
import dev.kiln.runtime.objects.ObjectMessage.Status;
import dev.kiln.runtime.objects.ObjectMessage.Store;
import dev.kiln.runtime.objects.ObjectMessage.Stored;
import dev.kiln.tasks.ActiveObjectException.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link ObjectMessage}s as bytes: a byte for which it is, the object, and its parts in their order. */
@SuppressWarnings("EnumOrdinal") // both ends are of one build, as a handshake of nodes and clients sees to
public final class ObjectWire {

    private static final Kind[] KINDS = Kind.values();
    private static final Status[] STATUSES = Status.values();
    private static final Reason[] REASONS = Reason.values();

    private ObjectWire() {}

    /** One message. */
    public static void write(ObjectMessage message, ByteSink out) {
        switch (message) {
            case Call m -> {
                head(1, m, out);
                out.varint(m.number());
                out.u8(m.kind().ordinal());
                out.string(m.method());
                out.string(m.descriptor());
                out.block(m.args());
                out.varint(m.timeoutMillis());
            }
            case Answer m -> {
                head(2, m, out);
                out.varint(m.number());
                out.u8(m.status().ordinal());
                out.block(m.data());
            }
            case Prepare m -> {
                versioned(3, m, m.epoch(), m.version(), out);
                out.block(m.state());
                origin(m.origin(), out);
            }
            case Prepared m -> versioned(4, m, m.epoch(), m.version(), out);
            case Commit m -> versioned(5, m, m.epoch(), m.version(), out);
            case Store m -> {
                versioned(6, m, m.epoch(), m.version(), out);
                out.block(m.state());
            }
            case Stored m -> {
                versioned(7, m, m.epoch(), m.version(), out);
                problem(m.problem(), out);
            }
            case Create m -> {
                versioned(8, m, m.epoch(), m.version(), out);
                origin(m.origin(), out);
                out.block(m.args());
                out.u8(m.state() == null ? 0 : 1);
                if (m.state() != null) {
                    out.block(m.state());
                }
            }
            case Created m -> {
                head(9, m, out);
                out.varint(m.epoch());
                out.string(m.implementation());
                out.string(m.code());
                problem(m.problem(), out);
            }
            case Assign m -> {
                versioned(10, m, m.epoch(), m.revision(), out);
                out.varint(m.members().size());
                m.members().forEach(out::varint);
                out.u8(m.stores() ? 1 : 0);
            }
            case Assigned m -> {
                versioned(11, m, m.epoch(), m.revision(), out);
                out.varint(m.bytes());
                problem(m.problem(), out);
            }
            case Retire m -> {
                head(12, m, out);
                out.varint(m.epoch());
            }
            case Retired m -> {
                head(13, m, out);
                out.varint(m.epoch());
            }
            case Drop m -> {
                head(14, m, out);
                out.varint(m.ticket());
                out.u8(m.forever() ? 1 : 0);
            }
            case Dropped m -> {
                head(15, m, out);
                out.varint(m.ticket());
            }
            case Room m -> {
                head(16, m, out);
                out.string(m.full());
            }
        }
    }

    /** One message. */
    public static ObjectMessage read(ByteSource in) {
        int type = in.u8();
        long object = in.varint();
        return switch (type) {
            case 1 -> new Call(object, in.varint(), KINDS[in.u8()], in.string(), in.string(), in.block(), in.varint());
            case 2 -> new Answer(object, in.varint(), STATUSES[in.u8()], in.block());
            case 3 -> new Prepare(object, in.varint(), in.varint(), in.block(), origin(in));
            case 4 -> new Prepared(object, in.varint(), in.varint());
            case 5 -> new Commit(object, in.varint(), in.varint());
            case 6 -> new Store(object, in.varint(), in.varint(), in.block());
            case 7 -> new Stored(object, in.varint(), in.varint(), problem(in));
            case 8 -> {
                long epoch = in.varint();
                long version = in.varint();
                Origin origin = origin(in);
                if (origin == null) {
                    throw in.corrupt("an object of no origin");
                }
                yield new Create(object, epoch, origin, in.block(), in.u8() == 0 ? null : in.block(), version);
            }
            case 9 -> new Created(object, in.varint(), in.string(), in.string(), problem(in));
            case 10 -> new Assign(object, in.varint(), in.varint(), numbers(in), in.u8() == 1);
            case 11 -> new Assigned(object, in.varint(), in.varint(), in.varint(), problem(in));
            case 12 -> new Retire(object, in.varint());
            case 13 -> new Retired(object, in.varint());
            case 14 -> new Drop(object, in.varint(), in.u8() == 1);
            case 15 -> new Dropped(object, in.varint());
            case 16 -> new Room(in.string());
            default -> throw in.corrupt("the unknown message " + type);
        };
    }

    private static void head(int type, ObjectMessage message, ByteSink out) {
        out.u8(type);
        out.varint(message.object());
    }

    private static void versioned(int type, ObjectMessage message, long epoch, long version, ByteSink out) {
        head(type, message, out);
        out.varint(epoch);
        out.varint(version);
    }

    private static List<Integer> numbers(ByteSource in) {
        List<Integer> numbers = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            in.arrived();
            numbers.add((int) in.varint());
        }
        return List.copyOf(numbers);
    }

    static void origin(@Nullable Origin origin, ByteSink out) {
        out.u8(origin == null ? 0 : 1);
        if (origin != null) {
            out.string(origin.alias());
            out.string(origin.type());
            out.varint(origin.codes().size());
            origin.codes().forEach(out::string);
            out.string(origin.implementation());
        }
    }

    static @Nullable Origin origin(ByteSource in) {
        if (in.u8() == 0) {
            return null;
        }
        String alias = in.string();
        String type = in.string();
        List<String> codes = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            in.arrived();
            codes.add(in.string());
        }
        return new Origin(alias, type, List.copyOf(codes), in.string());
    }

    static void problem(@Nullable Problem problem, ByteSink out) {
        out.u8(problem == null ? 0 : 1);
        if (problem != null) {
            out.u8(problem.reason().ordinal());
            out.string(problem.message());
        }
    }

    static @Nullable Problem problem(ByteSource in) {
        return in.u8() == 0 ? null : new Problem(REASONS[in.u8()], in.string());
    }
}
