package dev.kiln.ignite;

import dev.kiln.runtime.wire.Payload;
import dev.kiln.runtime.wire.ToDriver;
import dev.kiln.runtime.wire.ToNode;
import dev.kiln.runtime.wire.WireFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Messages of several workflows in one array of bytes: for each run of one workflow its number, length and batch. */
final class Batches {

    private Batches() {}

    /** A message and the workflow that it belongs to. */
    record Addressed<M>(long workflow, M message) {}

    /** Takes the messages of one workflow. */
    interface Reader<M> {
        void read(long workflow, List<M> batch);
    }

    /** With that many bytes left free in front. */
    static byte[] toNode(List<Addressed<ToNode>> messages, int front) {
        return join(messages, WireFormat::encodeToNode, front);
    }

    /** With that many bytes left free in front. */
    static byte[] toDriver(List<Addressed<ToDriver>> messages, int front) {
        return join(messages, WireFormat::encodeToDriver, front);
    }

    static void readToNode(ByteBuffer data, Reader<ToNode> reader) {
        read(data, WireFormat::decodeToNode, reader);
    }

    static void readToDriver(ByteBuffer data, Reader<ToDriver> reader) {
        read(data, WireFormat::decodeToDriver, reader);
    }

    private static <M> byte[] join(List<Addressed<M>> messages, Function<List<M>, byte[]> encode, int front) {
        List<Long> workflows = new ArrayList<>();
        List<byte[]> parts = new ArrayList<>();
        int size = front;
        for (int i = 0; i < messages.size(); ) {
            long workflow = messages.get(i).workflow;
            List<M> run = new ArrayList<>();
            while (i < messages.size() && messages.get(i).workflow == workflow) {
                run.add(messages.get(i++).message);
            }
            byte[] part = encode.apply(run);
            workflows.add(workflow);
            parts.add(part);
            size += 12 + part.length;
        }
        byte[] frame = new byte[size];
        ByteBuffer whole = ByteBuffer.wrap(frame).position(front);
        for (int i = 0; i < parts.size(); i++) {
            byte[] part = parts.get(i);
            whole.putLong(workflows.get(i)).putInt(part.length).put(part);
        }
        return frame;
    }

    private static <M> void read(ByteBuffer data, Function<byte[], List<M>> decode, Reader<M> reader) {
        while (data.hasRemaining()) {
            long workflow = data.getLong();
            byte[] part = new byte[data.getInt()];
            data.get(part);
            reader.read(workflow, decode.apply(part));
        }
    }

    static long weight(ToNode message) {
        return switch (message) {
            case ToNode.RunTask run -> {
                long bytes = 64;
                for (ToNode.Input input : run.inputs()) {
                    bytes += weight(input.small());
                }
                for (ToNode.Arg arg : run.args()) {
                    bytes += weight(arg);
                }
                yield bytes;
            }
            case ToNode.StoreValue store -> weight(store.payload());
            default -> 16;
        };
    }

    private static long weight(ToNode.Arg arg) {
        return switch (arg) {
            case ToNode.Arg.Literal literal -> weight(literal.value());
            case ToNode.Arg.Read read -> 4;
            case ToNode.Arg.Many many ->
                many.args().stream().mapToLong(Batches::weight).sum();
        };
    }

    static long weight(ToDriver message) {
        return switch (message) {
            case ToDriver.Done done -> 32 + weight(done.small());
            case ToDriver.Failed failed -> 64 + failed.reason().length() + weight(failed.exception());
            case ToDriver.InputMissing missing -> 32;
            case ToDriver.Returned returned -> 16;
            case ToDriver.Copied copied -> 16;
            case ToDriver.Saved saved -> 64;
        };
    }

    private static long weight(@Nullable Payload payload) {
        return switch (payload) {
            case null -> 0;
            case Payload.Encoded encoded -> encoded.data().length;
            case Payload.Live live -> 0;
        };
    }
}
