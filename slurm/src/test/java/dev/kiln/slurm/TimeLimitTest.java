package dev.kiln.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.command.UsageException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeLimitTest {

    @ParameterizedTest
    @CsvSource({"90,PT90M", "1:30,PT1M30S", "1:30:00,PT1H30M", "2-12,PT60H", "1-0:30,PT24H30M", "1-01:01:01,PT25H1M1S"})
    void times_are_read_as_sbatch_reads_them(String text, Duration time) {
        assertEquals(time, TimeLimit.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "1h", "1:2:3:4", "-5", "1-", "0", "0:00"})
    void what_is_no_time_is_refused_by_name(String text) {
        var refused = assertThrows(UsageException.class, () -> TimeLimit.parse(text));
        assertTrue(refused.getMessage().startsWith("--time " + text + ": expected"), refused.getMessage());
    }

    @Test
    void no_limit_is_none() {
        assertEquals(Optional.empty(), TimeLimit.parsed("infinite"));
    }
}
