package dev.kiln.runtime.wire;

import dev.kiln.runtime.codec.ByteSink;
import dev.kiln.runtime.codec.ByteSource;
import dev.kiln.runtime.codec.CorruptDataException;
import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.tasks.StandInException;
import org.jspecify.annotations.Nullable;

/**
 * The encoded form of what a task threw: the exception as the codec writes it where it can, and in any case a
 * description to make a {@link StandInException} of where it cannot be read.
 */
public final class Thrown {

    /** More causes are not told; a chain of causes may be a circle. */
    private static final int MOST_CAUSES = 8;

    /** A stack that overflowed has many frames, all alike. */
    private static final int MOST_FRAMES = 128;

    private Thrown() {}

    /** Writes an exception, whatever it holds. */
    public static byte[] encode(Throwable thrown, ValueCodec codec) {
        var sink = new ByteSink();
        sink.block(itself(thrown, codec));
        int causes = 0;
        for (Throwable at = thrown; at != null && causes <= MOST_CAUSES; at = at.getCause()) {
            sink.u8(1);
            describe(at, sink);
            causes++;
        }
        sink.u8(0);
        return sink.toBytes();
    }

    /** The exception that was written, or what stands for it. */
    public static Throwable decode(byte[] data, ValueCodec codec) {
        var source = new ByteSource(data);
        byte[] itself = source.block();
        if (itself.length > 0) {
            try {
                if (codec.decode(itself) instanceof Throwable thrown) {
                    return thrown;
                }
            } catch (CorruptDataException | LinkageError unknownHere) {
                // Its class cannot be had here, or does not read what it wrote: the description has to do.
            }
        }
        Throwable standIn = standIn(source);
        return standIn == null ? source.corrupt("an exception without a description") : standIn;
    }

    /** Nothing where it cannot travel. */
    @SuppressWarnings("CatchingUnchecked") // a user's writeObject may throw anything
    private static byte[] itself(Throwable thrown, ValueCodec codec) {
        try {
            return codec.encode(thrown);
        } catch (RuntimeException | Error cannotTravel) {
            return new byte[0];
        }
    }

    private static void describe(Throwable thrown, ByteSink sink) {
        sink.string(thrown.getClass().getName());
        text(thrown.getMessage(), sink);
        StackTraceElement[] stack = thrown.getStackTrace();
        int frames = Math.min(stack.length, MOST_FRAMES);
        sink.varint(frames);
        for (int i = 0; i < frames; i++) {
            sink.string(stack[i].getClassName());
            sink.string(stack[i].getMethodName());
            text(stack[i].getFileName(), sink);
            sink.i32(stack[i].getLineNumber());
        }
    }

    private static @Nullable Throwable standIn(ByteSource source) {
        if (source.u8() == 0) {
            return null;
        }
        String type = source.string();
        String message = text(source);
        var stack = new StackTraceElement[source.count()];
        for (int i = 0; i < stack.length; i++) {
            stack[i] = new StackTraceElement(source.string(), source.string(), text(source), source.i32());
        }
        return new StandInException(type, message, standIn(source), stack);
    }

    private static void text(@Nullable String text, ByteSink sink) {
        sink.u8(text == null ? 0 : 1);
        if (text != null) {
            sink.string(text);
        }
    }

    private static @Nullable String text(ByteSource source) {
        return source.u8() == 0 ? null : source.string();
    }
}
