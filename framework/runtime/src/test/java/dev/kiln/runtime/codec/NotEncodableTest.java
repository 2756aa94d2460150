package dev.kiln.runtime.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class NotEncodableTest {

    private static final String THREAD =
            "is a java.lang.Thread, which cannot travel; make it a record, a Serializable class, or leave it out";

    private final ValueCodec codec = new ValueCodec(NotEncodableTest.class.getClassLoader());
    private final Thread thread = new Thread(() -> {});

    record Cache(int size, Object lock) {}

    record Model(double[] weights, Cache cache) {}

    record Link(int value, Link next) {}

    record Closed(java.util.concurrent.locks.Lock lock, Object other) {}

    static final class Store implements Serializable {
        private static final long serialVersionUID = 1L;
        final Map<String, Object> byName = new HashMap<>();
        Store inner;
        Object[] slots = {null, null};
    }

    static class Plain {}

    class Inner implements Serializable {
        private static final long serialVersionUID = 1L;
        // A class that makes no use of its outer object holds none.
        final transient Object outer = NotEncodableTest.this;
    }

    class InnerPlain {}

    static final class Stubborn implements Serializable {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new IOException("no ink");
        }
    }

    private String refusal(Object value) {
        var refused = assertThrows(NotEncodableException.class, () -> codec.encode(value));
        assertEquals(
                refused.getMessage(),
                assertThrows(NotEncodableException.class, () -> codec.check(value))
                        .getMessage());
        return refused.getMessage();
    }

    @Test
    void the_path_to_the_field_is_named() {
        assertEquals("Model.cache.lock " + THREAD, refusal(new Model(new double[2], new Cache(1, thread))));
        var refused =
                assertThrows(NotEncodableException.class, () -> codec.encode(new Model(null, new Cache(1, thread))));
        assertEquals(
                "argument 2 of fit: Model.cache.lock " + THREAD,
                refused.in("argument 2 of fit").getMessage());
    }

    @Test
    void elements_keys_values_and_captured_variables_are_named() {
        assertEquals("the value " + THREAD, refusal(thread));
        assertEquals("list[2] " + THREAD, refusal(List.of(1, 2, thread)));
        assertEquals("array[1].lock " + THREAD, refusal(new Object[] {1, new Cache(1, thread)}));
        assertEquals("map[k][0] " + THREAD, refusal(Map.of("k", List.of(thread))));
        assertEquals("map.key 0 " + THREAD, refusal(Map.of(thread, 1)));
        assertEquals("map.value 0 " + THREAD, refusal(Map.of(List.of(), thread)));
        assertEquals("optional.get() " + THREAD, refusal(Optional.of(thread)));
        Supplier<Object> captured = (Supplier<Object> & Serializable) () -> thread.getName();
        assertEquals(
                "lambda captured variable 1 is a dev.kiln.runtime.codec.NotEncodableTest, which cannot travel; make it a"
                        + " record, a Serializable class, or leave it out",
                refusal(captured));
    }

    @Test
    void fields_inside_serializable_classes_are_found() {
        var store = new Store();
        store.inner = new Store();
        store.inner.byName.put("main", new Object[] {1, thread});
        assertEquals(
                "Cache.lock is a dev.kiln.runtime.codec.NotEncodableTest$Store whose field inner.byName[main][1] "
                        + THREAD,
                refusal(new Cache(1, store)));
        var other = new Store();
        other.slots[1] = new Cache(1, thread);
        assertEquals(
                "the value is a dev.kiln.runtime.codec.NotEncodableTest$Store whose field slots[1] cannot travel: Cache.lock "
                        + THREAD,
                refusal(other));
    }

    @Test
    void what_kind_of_class_it_is_decides_the_advice() {
        Function<Integer, Integer> plain = i -> i;
        assertTrue(refusal(plain).contains("is a lambda or method reference that is not Serializable; declare"));
        Object anonymous = new Object() {};
        assertTrue(Advice.cannotTravel(anonymous.getClass()).contains("of the anonymous class"));
        class Local {}
        assertTrue(Advice.cannotTravel(Local.class).contains("of the local class"));
        assertTrue(refusal(new Stubborn()).contains("failed to write itself: java.io.IOException: no ink"));
    }

    @Test
    void an_inner_class_is_told_to_be_static() {
        String message = FieldWalk.pathTo(
                NotEncodableTest.class.getName(), new Inner(), new Shapes(ClassLoader.getSystemClassLoader()));
        assertEquals(
                "is a dev.kiln.runtime.codec.NotEncodableTest$Inner, an inner class that holds its outer"
                        + " dev.kiln.runtime.codec.NotEncodableTest, which cannot travel; make it a static class or a record",
                message);
    }

    @Test
    void a_value_that_holds_itself_is_refused() {
        var list = new ArrayList<Object>();
        list.add(new Cache(1, list));
        assertTrue(refusal(list).startsWith("list[0].lock is part of a cycle: it holds itself"));
    }

    @Test
    void nesting_too_deep_is_refused_and_harms_nothing() {
        Link chain = null;
        for (int i = 0; i < 100_000; i++) {
            chain = new Link(i, chain);
        }
        String message = refusal(chain);
        assertTrue(
                message.startsWith("Link.next.next.next") && message.contains("is nested 1000 levels deep"), message);
        assertTrue(message.length() < 400, message);
        Link deepest = chain;
        assertThrows(NotEncodableException.class, () -> codec.copy(deepest));
        assertTrue(codec.sizeOf(deepest) > 0);
        Link fits = null;
        for (int i = 0; i < 900; i++) {
            fits = new Link(i, fits);
        }
        Link right = fits;
        int links = 0;
        for (Link at = (Link) codec.decode(codec.encode(right)); at != null; at = at.next()) {
            links++;
        }
        assertEquals(900, links);
    }

    @Test
    void nesting_too_deep_for_java_serialisation_is_refused_too() {
        var deep = new Store();
        var first = deep;
        for (int i = 0; i < 100_000; i++) {
            deep.inner = new Store();
            deep = deep.inner;
        }
        assertTrue(refusal(first).contains("is nested too deep to travel"));
    }
}
