package dev.kiln.runtime.wire;

import dev.kiln.runtime.codec.ByteSink;
import dev.kiln.runtime.codec.ByteSource;
import org.jspecify.annotations.Nullable;

/** Payloads and runs of numbers inside messages. */
final class Payloads {

    private Payloads() {}

    static void write(@Nullable Payload payload, ByteSink out) {
        switch (payload) {
            case null -> out.u8(0);
            case Payload.Encoded encoded -> {
                out.u8(1);
                out.block(encoded.data());
            }
            case Payload.Live live ->
                throw new IllegalArgumentException("expected an encoded value to send, found a live one");
        }
    }

    static @Nullable Payload read(ByteSource in) {
        int present = in.u8();
        if (present > 1) {
            throw in.corrupt("the unknown payload " + present);
        }
        return present == 0 ? null : new Payload.Encoded(in.block());
    }

    static Payload readPresent(ByteSource in) {
        Payload payload = read(in);
        if (payload == null) {
            throw in.corrupt("no value where one belongs");
        }
        return payload;
    }

    /** Numbers that mostly ascend: each as the difference to the one before. */
    static void writeNumbers(long[] numbers, ByteSink out) {
        out.varint(numbers.length);
        long last = 0;
        for (long number : numbers) {
            out.signed(number - last);
            last = number;
        }
    }

    static long[] readNumbers(ByteSource in) {
        int count = in.count();
        long[] numbers = new long[count];
        long last = 0;
        for (int i = 0; i < count; i++) {
            in.arrived();
            last += in.signed();
            numbers[i] = last;
        }
        return numbers;
    }
}
