package dev.kiln.runtime.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.kiln.runtime.testing.TallyHistory;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyHistoryTest {

    private final TallyHistory history = new TallyHistory();

    private void assertPossible() {
        assertEquals(List.of(), history.problems());
    }

    private void assertImpossible() {
        assertFalse(history.problems().isEmpty());
    }

    @Test
    void operations_one_after_the_other_are_possible() {
        history.read(0, 1, 0);
        history.incremented(2, 3, 1);
        history.read(4, 5, 1);
        history.incremented(6, 7, 2);
        assertPossible();
    }

    @Test
    void a_read_beside_an_increment_may_see_either() {
        history.incremented(0, 10, 1);
        history.read(1, 2, 0);
        history.read(3, 9, 1);
        history.read(8, 11, 1);
        assertPossible();
    }

    @Test
    void a_stale_read_is_noticed() {
        history.incremented(0, 1, 1);
        history.read(2, 3, 0);
        assertImpossible();
    }

    @Test
    void a_read_that_goes_back_behind_another_is_noticed() {
        history.incremented(0, 10, 1);
        history.read(1, 2, 1);
        history.read(3, 4, 0);
        assertImpossible();
    }

    @Test
    void a_lost_update_is_noticed() {
        history.incremented(0, 1, 1);
        history.incremented(2, 3, 1);
        assertImpossible();
    }

    @Test
    void an_increment_of_unknown_outcome_may_have_happened_or_not() {
        history.incrementedPerhaps(0);
        history.read(1, 2, 0);
        history.read(3, 4, 1);
        history.incremented(5, 6, 2);
        history.incrementedPerhaps(7);
        assertPossible();
    }

    @Test
    void what_nobody_asked_for_is_noticed() {
        history.incrementedPerhaps(10);
        history.read(1, 2, 1);
        assertImpossible();
    }

    @Test
    void an_increment_that_took_place_twice_is_noticed() {
        history.incremented(0, 1, 1);
        history.read(2, 3, 2);
        assertImpossible();
    }
}
