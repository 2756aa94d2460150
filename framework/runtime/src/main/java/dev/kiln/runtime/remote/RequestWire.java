package dev.kiln.runtime.remote;

import dev.kiln.runtime.codec.ByteSink;
import dev.kiln.runtime.codec.ByteSource;
import dev.kiln.runtime.objects.ObjectMessage.Kind;
import dev.kiln.runtime.objects.ObjectMessage.Problem;
import dev.kiln.runtime.objects.ObjectMessage.Status;
import dev.kiln.runtime.objects.ObjectReply;
import dev.kiln.runtime.objects.ObjectRequest;
import dev.kiln.tasks.ActiveObjectException.Reason;
import dev.kiln.tasks.ObjectInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests of clients and their replies, as bytes: a byte for which it is, and its parts in their order. */
@SuppressWarnings("EnumOrdinal") // client and cluster are of one version, which they tell each other first
final class RequestWire {

    private static final Kind[] KINDS = Kind.values();
    private static final Status[] STATUSES = Status.values();
    private static final Reason[] REASONS = Reason.values();

    private RequestWire() {}

    static void write(ObjectRequest request, ByteSink out) {
        switch (request) {
            case ObjectRequest.Invoke m -> {
                out.u8(1);
                out.varint(m.object());
                out.string(m.alias());
                out.u8(m.kind().ordinal());
                out.string(m.method());
                out.string(m.descriptor());
                out.block(m.args());
                out.varint(m.timeoutMillis());
                out.u8(m.repeatable() ? 1 : 0);
            }
            case ObjectRequest.Create m -> {
                out.u8(2);
                out.string(m.alias());
                out.string(m.type());
                out.string(m.implementation());
                out.string(m.code());
                text(m.node(), out);
                out.varint(m.backups());
                out.u8(m.persistent() ? 1 : 0);
                out.u8(m.lastSnapshotWillDo() ? 1 : 0);
                out.block(m.args());
            }
            case ObjectRequest.Find m -> text(3, m.alias(), out);
            case ObjectRequest.ListAll m -> out.u8(4);
            case ObjectRequest.Version m -> number(5, m.object(), out);
            case ObjectRequest.Snapshot m -> number(6, m.object(), out);
            case ObjectRequest.Restore m -> {
                number(7, m.object(), out);
                out.varint(m.version());
            }
            case ObjectRequest.Move m -> {
                number(8, m.object(), out);
                out.string(m.node());
            }
            case ObjectRequest.Replicate m -> {
                number(9, m.object(), out);
                out.varint(m.copies());
            }
            case ObjectRequest.Delete m -> number(10, m.object(), out);
            case ObjectRequest.Deploy m -> {
                text(11, m.name(), out);
                out.block(m.jar());
            }
            case ObjectRequest.Why m -> text(12, m.alias(), out);
            case ObjectRequest.Balance m -> {
                out.u8(13);
                out.u8(m.on() ? 1 : 0);
            }
        }
    }

    static ObjectRequest readRequest(ByteSource in) {
        int type = in.u8();
        return switch (type) {
            case 1 ->
                new ObjectRequest.Invoke(
                        in.varint(),
                        in.string(),
                        kind(in),
                        in.string(),
                        in.string(),
                        in.block(),
                        in.varint(),
                        in.u8() == 1);
            case 2 ->
                new ObjectRequest.Create(
                        in.string(),
                        in.string(),
                        in.string(),
                        in.string(),
                        text(in),
                        (int) in.varint(),
                        in.u8() == 1,
                        in.u8() == 1,
                        in.block());
            case 3 -> new ObjectRequest.Find(in.string());
            case 4 -> new ObjectRequest.ListAll();
            case 5 -> new ObjectRequest.Version(in.varint());
            case 6 -> new ObjectRequest.Snapshot(in.varint());
            case 7 -> new ObjectRequest.Restore(in.varint(), in.varint());
            case 8 -> new ObjectRequest.Move(in.varint(), in.string());
            case 9 -> new ObjectRequest.Replicate(in.varint(), (int) in.varint());
            case 10 -> new ObjectRequest.Delete(in.varint());
            case 11 -> new ObjectRequest.Deploy(in.string(), in.block());
            case 12 -> new ObjectRequest.Why(in.string());
            case 13 -> new ObjectRequest.Balance(in.u8() == 1);
            default -> throw in.corrupt("the unknown request " + type);
        };
    }

    /** Clients call methods, and nothing that is the cluster's own. */
    private static Kind kind(ByteSource in) {
        Kind kind = KINDS[in.index(KINDS.length)];
        if (kind != Kind.UPDATE && kind != Kind.READ) {
            throw in.corrupt("a call of the kind " + kind);
        }
        return kind;
    }

    static void write(ObjectReply reply, ByteSink out) {
        switch (reply) {
            case ObjectReply.Value m -> {
                out.u8(1);
                out.u8(m.status().ordinal());
                out.block(m.data());
            }
            case ObjectReply.Failed m -> {
                out.u8(2);
                out.u8(m.problem().reason().ordinal());
                out.string(m.problem().message());
            }
            case ObjectReply.Done m -> out.u8(3);
            case ObjectReply.Count m -> number(4, m.value(), out);
            case ObjectReply.Text m -> text(5, m.text(), out);
            case ObjectReply.Infos m -> {
                out.u8(6);
                out.varint(m.all().size());
                m.all().forEach(info -> write(info, out));
            }
        }
    }

    static ObjectReply readReply(ByteSource in) {
        int type = in.u8();
        return switch (type) {
            case 1 -> new ObjectReply.Value(STATUSES[in.index(STATUSES.length)], in.block());
            case 2 -> new ObjectReply.Failed(new Problem(REASONS[in.index(REASONS.length)], in.string()));
            case 3 -> new ObjectReply.Done();
            case 4 -> new ObjectReply.Count(in.varint());
            case 5 -> new ObjectReply.Text(in.string());
            case 6 -> {
                List<ObjectInfo> all = new ArrayList<>();
                for (int left = in.count(); left > 0; left--) {
                    in.arrived();
                    all.add(info(in));
                }
                yield new ObjectReply.Infos(List.copyOf(all));
            }
            default -> throw in.corrupt("the unknown reply " + type);
        };
    }

    private static void write(ObjectInfo info, ByteSink out) {
        out.varint(info.id());
        out.string(info.alias());
        out.string(info.type());
        out.string(info.implementation());
        out.string(info.code());
        out.string(info.node());
        out.varint(info.replicas().size());
        info.replicas().forEach(out::string);
        out.varint(info.bytes());
        out.varint(info.calls());
        out.i64(Double.doubleToLongBits(info.meanMicros()));
    }

    private static ObjectInfo info(ByteSource in) {
        long id = in.varint();
        String alias = in.string();
        String type = in.string();
        String implementation = in.string();
        String code = in.string();
        String node = in.string();
        List<String> replicas = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            in.arrived();
            replicas.add(in.string());
        }
        return new ObjectInfo(
                id,
                alias,
                type,
                implementation,
                code,
                node,
                List.copyOf(replicas),
                in.varint(),
                in.varint(),
                Double.longBitsToDouble(in.i64()));
    }

    private static void number(int type, long value, ByteSink out) {
        out.u8(type);
        out.varint(value);
    }

    private static void text(int type, String text, ByteSink out) {
        out.u8(type);
        out.string(text);
    }

    private static void text(@Nullable String text, ByteSink out) {
        out.u8(text == null ? 0 : 1);
        if (text != null) {
            out.string(text);
        }
    }

    private static @Nullable String text(ByteSource in) {
        return in.u8() == 0 ? null : in.string();
    }
}
