package dev.kiln.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class TerminalTest {

    @Test
    void colours_are_refused_by_any_value_of_no_color_but_the_empty_one() {
        assertTrue(Terminal.of(true, true, 80, null, "xterm").colours());
        assertTrue(Terminal.of(true, true, 80, "", "xterm").colours());
        assertFalse(Terminal.of(true, true, 80, "1", "xterm").colours());
    }

    @Test
    void a_dumb_terminal_gets_neither_colours_nor_a_bar() {
        Terminal dumb = Terminal.of(true, true, 80, null, "dumb");
        assertFalse(dumb.colours());
        assertFalse(dumb.err());
    }

    @Test
    void a_width_that_cannot_be_is_taken_as_the_usual_one() {
        assertEquals(80, Terminal.of(true, true, 0, null, null).columns());
        assertEquals(132, Terminal.of(true, true, 132, null, null).columns());
    }
}
