package dev.kiln.dislib.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "+0",
                "00",
                "1",
                "+1",
                "-1",
                "1.",
                ".5",
                "-.5",
                "007",
                "1e0",
                "1E5",
                "1e+5",
                "1e-5",
                "0e999999999999",
                "1e22",
                "1e23",
                "1e-22",
                "1e-23",
                "9007199254740992",
                "9007199254740993",
                "9007199254740994",
                "999999999999999999",
                "9999999999999999999",
                "29.590999999999998",
                "101.87700000000001",
                "1.7976931348623157e308",
                "1.7976931348623159e308",
                "1e309",
                "-1e400",
                "4.9e-324",
                "2e-324",
                "1e-400",
                "2.2250738585072011e-308",
                "0.000000000000000000000000000000000000001",
                "000000000000000000000000000001",
                "1000000000000000000000000000000e-30",
                "123456789012345678e1",
                "0.1000000000000000055511151231257827",
                "1e99999999999999999999",
                "1e-99999999999999999999"
            })
    void gives_the_bits_of_the_library(String text) {
        assertSameBits(text);
    }

    @Test
    void gives_the_bits_of_the_library_for_random_numbers() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 60_000; i++) {
            double value = switch (i % 4) {
                case 0 -> Double.longBitsToDouble(random.nextLong());
                case 1 -> random.nextDouble(-1000, 1000);
                case 2 -> random.nextInt(2_000_000) / 1000.0;
                default -> random.nextLong() >> random.nextInt(64);
            };
            if (Double.isFinite(value)) {
                assertSameBits(Double.toString(value));
                assertSameBits(new BigDecimal(value)
                        .round(new java.math.MathContext(1 + i % 25))
                        .toString());
                assertSameBits(String.format(java.util.Locale.ROOT, "%.6g", value));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "-",
                ".",
                "e5",
                "1e",
                "1e+",
                "1e5.0",
                "1.2.3",
                "--1",
                "1-",
                "1 2",
                "1d",
                "1f",
                "0x1p3",
                "NaN",
                "Infinity",
                "inf",
                "abc",
                "1,5",
                "1_000",
                "١"
            })
    void refuses_what_is_not_a_decimal_number(String text) {
        assertTrue(Double.isNaN(parse(text)), text);
    }

    @Test
    void reads_only_the_bytes_it_is_given() {
        byte[] bytes = "912345.69".getBytes(StandardCharsets.UTF_8);

        assertEquals(12345.6, Numbers.parse(bytes, 1, 8));
    }

    private static void assertSameBits(String text) {
        assertEquals(
                Double.doubleToRawLongBits(Double.parseDouble(text)), Double.doubleToRawLongBits(parse(text)), text);
    }

    private static double parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Numbers.parse(bytes, 0, bytes.length);
    }
}
