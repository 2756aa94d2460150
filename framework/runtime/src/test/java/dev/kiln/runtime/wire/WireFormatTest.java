package dev.kiln.runtime.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.engine.Places;
import dev.kiln.runtime.codec.CorruptDataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireFormatTest {

    private final Random random = new Random(3);

    private long anyLong() {
        return switch (random.nextInt(3)) {
            case 0 -> random.nextInt(1000);
            case 1 -> random.nextLong();
            default -> -random.nextInt(4);
        };
    }

    private int anyInt() {
        return random.nextBoolean() ? random.nextInt(5) - 3 : random.nextInt();
    }

    private String anyName() {
        return List.of("", "multiply", "grün", "日本", "dev.app.Kernels").get(random.nextInt(5)) + random.nextInt(3);
    }

    private Payload payload() {
        byte[] data = new byte[random.nextInt(6) == 0 ? 5000 : random.nextInt(20)];
        random.nextBytes(data);
        return new Payload.Encoded(data);
    }

    private Payload payloadOrNull() {
        return random.nextBoolean() ? null : payload();
    }

    private List<ToNode.Arg> arguments(int depth) {
        List<ToNode.Arg> arguments = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            arguments.add(
                    switch (random.nextInt(depth > 2 ? 2 : 3)) {
                        case 0 -> new ToNode.Arg.Literal(payload());
                        case 1 -> new ToNode.Arg.Read(anyInt(), anyInt());
                        default -> new ToNode.Arg.Many(arguments(depth + 1));
                    });
        }
        return arguments;
    }

    private ToNode toNode() {
        return switch (random.nextInt(9)) {
            case 7 -> new ToNode.SaveValue(anyLong(), anyName());
            case 5 -> new ToNode.TakeBack(anyLong(), anyInt());
            case 6 -> new ToNode.CopyValue(anyLong(), anyInt());
            case 0 -> new ToNode.OpenWorkflow(anyName());
            case 1 -> new ToNode.CancelTask(anyLong(), anyInt());
            case 2 -> new ToNode.DropValues(random.longs(random.nextInt(5)).toArray());
            case 3 -> new ToNode.CloseWorkflow();
            case 4 -> new ToNode.StoreValue(anyLong(), payload());
            default -> {
                List<ToNode.Input> inputs = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    inputs.add(
                            random.nextBoolean()
                                    ? new ToNode.Input(anyLong(), anyInt(), anyInt(), payloadOrNull())
                                    : new ToNode.Input(anyLong(), Places.CHECKPOINT, -1, null, anyName()));
                }
                yield new ToNode.RunTask(
                        anyLong(),
                        anyInt(),
                        anyName(),
                        new ToNode.MethodName(anyName(), anyName(), anyName()),
                        inputs,
                        arguments(0),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        anyInt(),
                        anyInt());
            }
        };
    }

    private ToDriver toDriver() {
        return switch (random.nextInt(7)) {
            case 5 -> new ToDriver.Saved(anyLong(), ToDriver.Saved.Result.DONE, 5, null);
            case 6 -> new ToDriver.Saved(anyLong(), ToDriver.Saved.Result.FAILED, 0, "no room");
            case 3 -> new ToDriver.Returned(anyLong(), anyInt());
            case 4 -> new ToDriver.Copied(anyLong(), anyInt(), random.nextBoolean());
            case 0 ->
                new ToDriver.Done(
                        anyLong(),
                        anyInt(),
                        anyLong(),
                        payloadOrNull(),
                        random.longs(random.nextInt(4)).toArray(),
                        anyLong(),
                        anyLong());
            case 1 -> new ToDriver.Failed(anyLong(), anyInt(), anyName(), payloadOrNull());
            default -> new ToDriver.InputMissing(anyLong(), anyInt(), anyLong(), anyInt());
        };
    }

    /** Records with arrays are equal only by identity, so messages are compared by what they show, arrays spelled out. */
    private static String shown(Object value) {
        return switch (value) {
            case null -> "null";
            case byte[] bytes -> Arrays.toString(bytes);
            case long[] longs -> Arrays.toString(longs);
            case List<?> list ->
                list.stream().map(WireFormatTest::shown).toList().toString();
            case Record whole -> {
                var text = new StringBuilder(whole.getClass().getSimpleName());
                for (var component : whole.getClass().getRecordComponents()) {
                    try {
                        text.append(' ').append(shown(component.getAccessor().invoke(whole)));
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                    }
                }
                yield text.toString();
            }
            default -> value.toString();
        };
    }

    @Test
    void random_batches_to_nodes_come_back_equal() {
        for (int i = 0; i < 100; i++) {
            List<ToNode> batch = new ArrayList<>();
            for (int n = random.nextInt(20); n > 0; n--) {
                batch.add(toNode());
            }
            assertEquals(shown(batch), shown(WireFormat.decodeToNode(WireFormat.encodeToNode(batch))));
        }
    }

    @Test
    void random_batches_to_drivers_come_back_equal() {
        for (int i = 0; i < 100; i++) {
            List<ToDriver> batch = new ArrayList<>();
            for (int n = random.nextInt(20); n > 0; n--) {
                batch.add(toDriver());
            }
            assertEquals(shown(batch), shown(WireFormat.decodeToDriver(WireFormat.encodeToDriver(batch))));
        }
    }

    @Test
    void truncated_and_changed_batches_are_refused_or_decode() {
        for (int i = 0; i < 15; i++) {
            byte[] node = WireFormat.encodeToNode(List.of(toNode(), toNode(), toNode()));
            byte[] driver = WireFormat.encodeToDriver(List.of(toDriver(), toDriver()));
            for (int n = 0; n < node.length; n += 1 + n / 50) {
                byte[] cut = Arrays.copyOf(node, n);
                assertThrows(CorruptDataException.class, () -> WireFormat.decodeToNode(cut));
            }
            for (int n = 0; n < driver.length; n += 1 + n / 50) {
                byte[] cut = Arrays.copyOf(driver, n);
                assertThrows(CorruptDataException.class, () -> WireFormat.decodeToDriver(cut));
            }
            for (int n = 0; n < 300; n++) {
                byte[] changed = node.clone();
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
                try {
                    WireFormat.decodeToNode(changed);
                } catch (CorruptDataException expected) {
                    assertTrue(expected.getMessage().length() > 10);
                }
            }
        }
    }

    @Test
    void a_name_is_spelled_out_once_in_a_batch() {
        List<ToNode> batch = new ArrayList<>();
        var method = new ToNode.MethodName(
                "dev.app.LongPackageName.Kernels", "multiplyAdd", "(Ldev/app/Block;Ldev/app/Block;Ldev/app/Block;)V");
        for (int i = 0; i < 1000; i++) {
            batch.add(new ToNode.RunTask(
                    1_000_000 + i,
                    0,
                    "multiplyAdd",
                    method,
                    List.of(
                            new ToNode.Input(999_000 + i, -1, -1, null),
                            new ToNode.Input(998_000 + i, 1, -1, null),
                            new ToNode.Input(4 + i, -2, 17, null)),
                    List.of(new ToNode.Arg.Read(0, -1), new ToNode.Arg.Read(1, -1), new ToNode.Arg.Read(2, -1)),
                    true,
                    true,
                    0,
                    -1));
        }
        byte[] bytes = WireFormat.encodeToNode(batch);
        assertTrue(bytes.length < 50_000, () -> bytes.length + " bytes");
        assertEquals(batch, WireFormat.decodeToNode(bytes));
    }

    @Test
    void a_live_value_is_refused() {
        var live = new ToNode.StoreValue(1, new Payload.Live("x", 1));
        var refused = assertThrows(IllegalArgumentException.class, () -> WireFormat.encodeToNode(List.of(live)));
        assertEquals("expected an encoded value to send, found a live one", refused.getMessage());
    }
}
