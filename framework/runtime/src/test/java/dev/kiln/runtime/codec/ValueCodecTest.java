package dev.kiln.runtime.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ValueCodecTest {

    private final ValueCodec codec = new ValueCodec(ValueCodecTest.class.getClassLoader());

    enum Colour {
        RED,
        GREEN {
            @Override
            String word() {
                return "of grass";
            }
        };

        String word() {
            return "of blood";
        }
    }

    private record Hidden(int rows, double scale, String name, double[] data) {}

    record All(boolean z, byte b, short s, char c, int i, long j, float f, double d, Boolean boxed, Colour colour) {}

    record Node<T>(T value, Node<T> next) {}

    record Empty() {}

    record Pair(Object first, Object second) {
        String joined(Object more) {
            return first + "!" + more;
        }
    }

    record Varied(int... numbers) {}

    interface Work<A, B> extends Function<A, B>, Serializable {}

    static final class Account implements Serializable {
        private static final long serialVersionUID = 1L;
        final String owner;
        Account other;
        Object extra;

        Account(String owner) {
            this.owner = owner;
        }
    }

    static final class Trouble extends Exception {
        private static final long serialVersionUID = 1L;
        final Colour colour;

        Trouble(String message, Throwable cause, Colour colour) {
            super(message, cause);
            this.colour = colour;
        }
    }

    private Object back(Object value) {
        return codec.decode(codec.encode(value));
    }

    private void comesBackEqualAndOfTheSameClass(Object value) {
        Object back = back(value);
        assertEquals(value, back);
        assertSame(value.getClass(), back.getClass());
    }

    @Test
    void plain_values_come_back_equal_and_of_the_same_class() {
        assertNull(back(null));
        for (Object value : List.of(
                true,
                false,
                (byte) -3,
                (short) -300,
                'ß',
                42,
                -1,
                Integer.MIN_VALUE,
                Long.MIN_VALUE,
                1L << 40,
                1.5f,
                -0.0,
                Math.PI,
                Double.NaN,
                "",
                "plain",
                "Grüße",
                "日本\uD800half",
                Colour.RED,
                Colour.GREEN,
                String.class,
                int.class,
                int[][].class,
                Colour.class)) {
            comesBackEqualAndOfTheSameClass(value);
        }
        assertSame(Colour.GREEN, back(Colour.GREEN));
    }

    @Test
    void primitive_arrays_come_back_whether_short_or_long() {
        for (int n : new int[] {0, 1, 7, 511, 512, 5000}) {
            double[] doubles = new double[n];
            int[] ints = new int[n];
            boolean[] flags = new boolean[n];
            for (int i = 0; i < n; i++) {
                doubles[i] = Math.sin(i);
                ints[i] = i * 31;
                flags[i] = i % 3 == 0;
            }
            assertArrayEquals(doubles, (double[]) back(doubles));
            assertArrayEquals(ints, (int[]) back(ints));
            assertArrayEquals(flags, (boolean[]) back(flags));
            assertArrayEquals(new byte[n], (byte[]) back(new byte[n]));
            assertArrayEquals(new char[n], (char[]) back(new char[n]));
            assertArrayEquals(new short[n], (short[]) back(new short[n]));
            assertArrayEquals(new long[n], (long[]) back(new long[n]));
            assertArrayEquals(new float[n], (float[]) back(new float[n]));
        }
    }

    @Test
    void a_double_is_written_lowest_byte_first() {
        assertArrayEquals(
                new byte[] {1, (byte) Kind.DOUBLES.ordinal(), 1, 0, 0, 0, 0, 0, 0, (byte) 0xF0, 0x3F},
                codec.encode(new double[] {1.0}));
    }

    @Test
    void arrays_of_objects_keep_their_class() {
        double[][] rows = {{1, 2}, {}, null};
        Object back = back(rows);
        assertSame(double[][].class, back.getClass());
        assertArrayEquals(rows, (double[][]) back);
        assertArrayEquals(new String[] {"a", null}, (String[]) back(new String[] {"a", null}));
        assertSame(Colour[].class, back(new Colour[] {Colour.GREEN}).getClass());
        assertArrayEquals(new Object[] {1, "x"}, (Object[]) back(new Object[] {1, "x"}));
    }

    @Test
    void records_of_any_visibility_come_back() {
        var hidden = (Hidden) back(new Hidden(-3, 0.5, "w", new double[] {1, 2}));
        assertEquals(-3, hidden.rows());
        assertArrayEquals(new double[] {1, 2}, hidden.data());
        comesBackEqualAndOfTheSameClass(new All(true, (byte) 1, (short) 2, 'c', 3, 4L, 5f, 6.0, null, Colour.GREEN));
        comesBackEqualAndOfTheSameClass(new Node<>("a", new Node<>("b", null)));
        comesBackEqualAndOfTheSameClass(new Empty());
        assertArrayEquals(new int[] {1, 2}, ((Varied) back(new Varied(1, 2))).numbers());
        record Local(String word) {}
        comesBackEqualAndOfTheSameClass(new Local("here"));
    }

    @Test
    void collections_come_back_as_the_class_they_were() {
        var linked = new LinkedHashMap<String, Object>();
        linked.put("z", 1);
        linked.put("a", null);
        for (Object value : List.of(
                new ArrayList<>(Arrays.asList(1, null, "x")),
                new LinkedList<>(List.of(1)),
                Arrays.asList(1, 2),
                List.of(),
                List.of(1),
                List.of(1, 2, 3),
                Set.of("a", "b", "c"),
                Map.of("k", List.of(1)),
                Map.of(1, 2, 3, 4),
                new HashMap<>(Map.of("a", 1)),
                linked,
                new LinkedHashSet<>(List.of(3, 1, 2)),
                new TreeSet<>(List.of(3, 1, 2)),
                new TreeMap<>(Map.of("b", 1, "a", 2)),
                new EnumMap<>(Map.of(Colour.GREEN, 1)),
                Optional.of("x"),
                Optional.empty())) {
            comesBackEqualAndOfTheSameClass(value);
        }
        assertEquals(List.copyOf(linked.keySet()), List.copyOf(((Map<?, ?>) back(linked)).keySet()));
        assertEquals(List.of(1, 2), new ArrayList<>((ArrayDeque<?>) back(new ArrayDeque<>(List.of(1, 2)))));
    }

    @Test
    void immutable_lists_stay_immutable_and_others_do_not() {
        @SuppressWarnings("unchecked")
        var immutable = (List<Object>) back(List.of(1, 2, 3));
        assertThrows(UnsupportedOperationException.class, () -> immutable.add(4));
        @SuppressWarnings("unchecked")
        var withNull = (List<Object>) back(Arrays.asList(1, null).stream().toList());
        assertEquals(Arrays.asList(1, null), withNull);
        assertThrows(UnsupportedOperationException.class, () -> withNull.add(4));
        @SuppressWarnings("unchecked")
        var mutable = (List<Object>) back(new ArrayList<>(List.of(1)));
        mutable.add(4);
        assertEquals(List.of(1, 4), mutable);
    }

    @Test
    void sorted_collections_keep_their_comparator() {
        var set = new TreeSet<String>(Comparator.reverseOrder());
        set.addAll(List.of("a", "c", "b"));
        assertEquals(List.of("c", "b", "a"), List.copyOf((Set<?>) back(set)));
        Comparator<String> byLength = (Comparator<String> & Serializable) (a, b) -> a.length() - b.length();
        var map = new TreeMap<String, Integer>(byLength);
        map.put("long", 1);
        map.put("s", 2);
        @SuppressWarnings("unchecked")
        var copy = (TreeMap<String, Integer>) back(map);
        assertEquals("s", copy.firstKey());
        assertEquals(1, copy.get("four"));
    }

    @Test
    void views_come_back_as_plain_collections() {
        var list = new ArrayList<>(List.of(1, 2, 3, 4));
        assertEquals(List.of(2, 3), back(list.subList(1, 3)));
        assertEquals(List.of(2, 3), back(List.of(1, 2, 3, 4).subList(1, 3)));
        var map = new TreeMap<>(Map.of("a", 1, "b", 2));
        assertEquals(Set.of("a", "b"), back(map.keySet()));
        assertEquals(List.of(1, 2), back(map.values()));
        assertEquals(Map.entry("k", 1), back(Map.entry("k", 1)));
    }

    @Test
    void what_is_only_serializable_comes_back_by_java_serialisation() {
        var bits = new BitSet();
        bits.set(77);
        for (Object value : List.of(
                new BigInteger("123456789012345678901234567890"),
                new BigDecimal("1.50"),
                UUID.fromString("00000000-0000-0001-0000-000000000002"),
                Instant.ofEpochSecond(5),
                Duration.ofMillis(1500),
                bits,
                TimeUnit.DAYS)) {
            comesBackEqualAndOfTheSameClass(value);
        }
        var one = new Account("one");
        one.other = new Account("two");
        one.other.other = one;
        one.extra = new Pair(new double[] {1}, Optional.of("in a record that is not Serializable"));
        var back = (Account) back(one);
        assertSame(back, back.other.other);
        assertEquals("two", back.other.owner);
        assertArrayEquals(new double[] {1}, (double[]) ((Pair) back.extra).first());
    }

    private record Doubling() implements InvocationHandler, Serializable {
        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return 2 * (Integer) arguments[0];
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void a_dynamic_proxy_comes_back_with_its_handler() {
        var proxy = (Work<Integer, Integer>)
                Proxy.newProxyInstance(Work.class.getClassLoader(), new Class<?>[] {Work.class}, new Doubling());
        assertEquals(14, ((Work<Integer, Integer>) back(proxy)).apply(7));
    }

    @Test
    void exceptions_come_back_with_cause_and_stack() {
        var trouble = new Trouble("late", new IllegalStateException("root"), Colour.RED);
        var back = assertInstanceOf(Trouble.class, back(trouble));
        assertEquals("late", back.getMessage());
        assertEquals(Colour.RED, back.colour);
        assertEquals("root", back.getCause().getMessage());
        assertEquals(trouble.getStackTrace()[0], back.getStackTrace()[0]);
    }

    @Test
    @SuppressWarnings("unchecked")
    void lambdas_and_method_references_come_back_with_what_they_captured() {
        var weights = new double[] {2, 3};
        Work<Integer, Double> lambda = i -> weights[i] + 1;
        assertEquals(4.0, ((Work<Integer, Double>) back(lambda)).apply(1));
        Work<String, Integer> reference = String::length;
        assertEquals(5, ((Work<String, Integer>) back(reference)).apply("seven".substring(0, 5)));
        Work<Object, String> bound = new Pair("a", 1)::joined;
        assertEquals("a!x", ((Work<Object, String>) back(bound)).apply("x"));
        Comparator<String> fromTheJdk = Comparator.comparing((Function<String, Integer> & Serializable) String::length);
        assertTrue(((Comparator<String>) back(fromTheJdk)).compare("aa", "b") > 0);
    }

    @Test
    void an_object_that_is_held_twice_is_written_once_and_is_again_one() {
        var data = new double[1000];
        var record = new Hidden(1, 1, "x", data);
        byte[] bytes = codec.encode(List.of(new Pair(data, record), data, record));
        assertTrue(bytes.length < 9000, () -> bytes.length + " bytes");
        var list = (List<?>) codec.decode(bytes);
        var pair = (Pair) list.get(0);
        assertSame(pair.first(), list.get(1));
        assertSame(pair.second(), list.get(2));
        assertSame(pair.first(), ((Hidden) pair.second()).data());
    }

    @Test
    void a_part_is_the_object_itself() {
        var record = new Hidden(3, 0.5, "w", new double[] {1, 2});
        assertSame(record.data(), codec.part(record, 3));
        assertEquals(3, codec.part(record, 0));
        assertThrows(IllegalArgumentException.class, () -> codec.part(record, 4));
        assertThrows(IllegalArgumentException.class, () -> codec.part("no record", 0));
    }

    @Test
    void a_copy_shares_nothing_that_can_change() {
        var data = new double[] {1, 2};
        var value = new Pair(new ArrayList<>(List.of(data, "s")), new Hidden(1, 2, "n", data));
        var copy = (Pair) codec.copy(value);
        var copied = (double[]) ((List<?>) copy.first()).get(0);
        assertNotSame(data, copied);
        assertArrayEquals(data, copied);
        assertSame(copied, ((Hidden) copy.second()).data());
        var account = new Account("x");
        account.extra = data;
        var other = (Account) codec.copy(account);
        assertNotSame(data, other.extra);
        assertArrayEquals(new double[][] {{1}, {2}}, (double[][]) codec.copy(new double[][] {{1}, {2}}));
        assertNull(codec.copy(null));
        assertSame("s", codec.copy("s"));
    }

    @Test
    void sizes_are_about_right_and_cost_little_for_huge_collections() {
        assertEquals(8_016, codec.sizeOf(new double[1000]));
        long record = codec.sizeOf(new Hidden(1, 1, "x", new double[100_000]));
        assertTrue(record > 800_000 && record < 801_000, () -> record + "");
        var many = new ArrayList<double[]>();
        for (int i = 0; i < 100_000; i++) {
            many.add(new double[10]);
        }
        long list = codec.sizeOf(many);
        assertTrue(list > 9_000_000 && list < 12_000_000, () -> list + "");
        assertEquals(0, codec.sizeOf(null));
        var account = new Account("x");
        account.extra = new double[1000];
        assertTrue(codec.sizeOf(account) > 8000);
    }
}
