package dev.kiln.runtime.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kiln.engine.Command;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PreloadingTest {

    @Test
    void the_rehearsal_takes_a_task_from_its_submission_to_the_end_of_its_value() {
        List<Class<?>> kinds =
                List.copyOf(Preloading.schedule().stream().map(Object::getClass).toList());
        assertEquals(
                List.of(
                        Command.RunTask.class,
                        Command.ValueAvailable.class,
                        Command.Deliver.class,
                        Command.DropValue.class,
                        Command.DropValue.class,
                        Command.TaskForgotten.class),
                kinds);
    }
}
