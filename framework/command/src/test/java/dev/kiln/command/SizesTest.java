package dev.kiln.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SizesTest {

    @ParameterizedTest
    @CsvSource({"512m, 536870912", "4g, 4294967296", "4G, 4294967296", "100, 100", "1kb, 1024", "2t, 2199023255552"})
    void a_size_is_a_number_and_a_unit(String text, long bytes) {
        assertEquals(bytes, Sizes.bytes("--memory", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "g", "4x", "-1g", "1.5g", "1 g", "9999999999999"})
    void anything_else_is_refused_with_an_example(String text) {
        var refused = assertThrows(UsageException.class, () -> Sizes.bytes("--memory", text));
        assertEquals("--memory " + text + ": expected a size such as 512m or 4g", refused.getMessage());
    }

    @Test
    void a_size_beyond_every_number_is_refused() {
        var refused = assertThrows(UsageException.class, () -> Sizes.bytes("--memory", "999999999999t"));
        assertEquals("--memory 999999999999t: expected a size below 8388608t", refused.getMessage());
        assertEquals(8388607L << 40, Sizes.bytes("--memory", "8388607t"));
    }
}
