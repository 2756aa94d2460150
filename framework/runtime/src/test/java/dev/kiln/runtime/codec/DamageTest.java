package dev.kiln.runtime.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Damaged encodings either decode to something, or are refused by the codec's own exception. */
class DamageTest {

    private final ValueCodec codec = new ValueCodec(DamageTest.class.getClassLoader());

    record Row(int id, double[] data, List<String> words, TimeUnit unit) {}

    private List<byte[]> samples() {
        int[] captured = {3};
        Function<Integer, Integer> lambda = (Function<Integer, Integer> & Serializable) i -> i + captured[0];
        var rows = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            rows.add(new Row(i, new double[i], List.of("a", "ü", "日"), TimeUnit.DAYS));
        }
        List<Object> values = Arrays.asList(
                rows,
                lambda,
                Map.of("a", 1, "b", 2),
                new HashMap<>(Map.of(1, new int[] {1, 2})),
                new TreeMap<>(Map.of("k", "v")),
                new Object[] {1, "x", null, new double[][] {{1}, {2}}},
                new IllegalStateException("no", new RuntimeException("cause")),
                new BigDecimal("1234567890.123456789"),
                new ConcurrentHashMap<>(Map.of(1, 2)),
                new PriorityQueue<>(List.of(3, 1, 2)),
                new double[600]);
        return values.stream().map(codec::encode).toList();
    }

    private void decodesOrIsRefused(byte[] damaged) {
        try {
            codec.decode(damaged);
        } catch (CorruptDataException expected) {
            assertTrue(expected.getMessage() != null && !expected.getMessage().isEmpty());
        }
    }

    @Test
    void every_truncation_is_refused() {
        for (byte[] whole : samples()) {
            for (int n = 0; n < whole.length; n++) {
                byte[] cut = Arrays.copyOf(whole, n);
                assertThrows(CorruptDataException.class, () -> codec.decode(cut));
            }
            byte[] longer = Arrays.copyOf(whole, whole.length + 1);
            assertThrows(CorruptDataException.class, () -> codec.decode(longer));
        }
    }

    @Test
    void random_changes_decode_or_are_refused() {
        var random = new Random(7);
        for (byte[] whole : samples()) {
            for (int i = 0; i < 500; i++) {
                byte[] damaged = whole.clone();
                for (int n = 1 + random.nextInt(3); n > 0; n--) {
                    damaged[1 + random.nextInt(damaged.length - 1)] = (byte) random.nextInt();
                }
                decodesOrIsRefused(damaged);
            }
        }
    }

    @Test
    void random_bytes_decode_or_are_refused() {
        var random = new Random(8);
        for (int i = 0; i < 4_000; i++) {
            byte[] noise = new byte[1 + random.nextInt(60)];
            random.nextBytes(noise);
            noise[0] = Kind.VERSION;
            if (noise.length > 1) {
                noise[1] = (byte) Math.floorMod(noise[1], Kind.values().length);
            }
            decodesOrIsRefused(noise);
        }
    }

    @Test
    void values_that_come_in_pieces_are_the_same_and_an_early_end_is_the_channels_fault() {
        var random = new Random(9);
        for (byte[] whole : samples()) {
            for (int stage : new int[] {8, 9, 64, 1 << 16}) {
                var all = new ByteArrayInputStream(whole);
                ByteBuffer buffer = ByteBuffer.allocate(stage).flip();
                Object value = codec.decode(new ByteSource(pieces(all, random), buffer, whole.length));
                assertArrayEquals(codec.encode(codec.decode(whole)), codec.encode(value));
                var cut = new ByteArrayInputStream(whole, 0, random.nextInt(whole.length));
                var source = new ByteSource(
                        pieces(cut, random), ByteBuffer.allocate(stage).flip(), whole.length);
                assertThrows(UncheckedIOException.class, () -> codec.decode(source));
            }
        }
    }

    private static ReadableByteChannel pieces(InputStream from, Random random) {
        return new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer into) throws IOException {
                byte[] piece = from.readNBytes(Math.min(into.remaining(), 1 + random.nextInt(20)));
                into.put(piece);
                return piece.length == 0 ? -1 : piece.length;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void a_bogus_length_takes_no_memory() {
        for (Kind kind : EnumSet.complementOf(EnumSet.of(Kind.SHORT, Kind.CHAR, Kind.INT, Kind.LONG))) {
            var out = new ByteSink();
            out.u8(Kind.VERSION);
            kind.write(out);
            out.varint(Integer.MAX_VALUE - 9);
            byte[] bogus = out.toBytes();
            assertThrows(CorruptDataException.class, () -> codec.decode(bogus), kind.name());
        }
    }

    @Test
    void nested_lengths_must_together_fit() {
        var out = new ByteSink();
        out.u8(Kind.VERSION);
        for (int i = 0; i < 500; i++) {
            Kind.FIXED_LIST.write(out);
            out.varint(900_000);
        }
        byte[] nested = Arrays.copyOf(out.toBytes(), 1_000_000);
        assertThrows(CorruptDataException.class, () -> codec.decode(nested));
    }

    @Test
    void another_format_is_named() {
        byte[] other = codec.encode("x");
        other[0] = 9;
        var refused = assertThrows(CorruptDataException.class, () -> codec.decode(other));
        assertEquals(
                "an encoded value of format 9, and this Kiln reads format 1; run one version of Kiln on all nodes",
                refused.getMessage());
    }
}
