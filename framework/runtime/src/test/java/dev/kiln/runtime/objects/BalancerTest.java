package dev.kiln.runtime.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.runtime.objects.Balancer.Change;
import dev.kiln.runtime.objects.Balancer.Change.Copies;
import dev.kiln.runtime.objects.Balancer.Change.Move;
import dev.kiln.runtime.objects.Balancer.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Three nodes, and objects whose use is told turn by turn, a second apart. */
class BalancerTest {

    private final Balancer balancer = new Balancer(1000);
    private final Nodes nodes = new Nodes();
    private long seconds;

    BalancerTest() {
        for (int node = 0; node < 3; node++) {
            nodes.up(node, "node-" + node);
        }
    }

    /** An object whose counts go on from turn to turn. */
    private static final class Used {
        private final long id;
        private final int home;
        private final List<Integer> copies = new ArrayList<>();
        private int extra;
        private boolean mayCopy = true;
        private boolean mayMove = true;
        private long bytes = 100;
        private long reads;
        private long updates;

        Used(long id, int home) {
            this.id = id;
            this.home = home;
        }

        Used used(long moreReads, long moreUpdates) {
            reads += moreReads;
            updates += moreUpdates;
            return this;
        }

        void copied() {
            copies.add((home + 1 + copies.size()) % 3);
            extra++;
        }

        Use use() {
            return new Use(id, home, List.copyOf(copies), extra, mayCopy, mayMove, bytes, reads, updates);
        }
    }

    private List<Change> turn(Used... objects) {
        Set<Long> all = new TreeSet<>();
        List<Use> uses = new ArrayList<>();
        for (Used each : objects) {
            all.add(each.id);
            uses.add(each.use());
        }
        return balancer.turn(uses, all, nodes, ++seconds * 1_000_000_000L);
    }

    @Test
    void an_object_that_is_read_much_for_two_turns_gains_a_copy() {
        var one = new Used(1, 0);
        assertEquals(List.of(), turn(one), "the first turn has nothing to compare with");
        assertEquals(List.of(), turn(one.used(1500, 3)), "once may be chance");
        assertEquals(List.of(new Copies(1, 1)), turn(one.used(1500, 3)));
        assertEquals(
                "a copy more, to make 2 nodes that answer reads: 1,500 reads/s, 3 updates/s",
                balancer.notes(1).getFirst().text());
        assertEquals("1,500 reads/s, 3 updates/s", balancer.rates(1));
    }

    @Test
    void it_has_no_more_copies_than_nodes_and_only_as_many_as_its_reads_pay_for() {
        var one = new Used(1, 0);
        turn(one);
        turn(one.used(2500, 0));
        turn(one.used(2500, 0));
        one.copied();
        turn(one.used(2500, 0));
        assertEquals(List.of(new Copies(1, 2)), turn(one.used(2500, 0)), "2,500 for two nodes is still much");
        one.copied();
        for (int i = 0; i < 5; i++) {
            assertEquals(List.of(), turn(one.used(90_000, 0)), "all nodes have it");
        }
    }

    @Test
    void one_that_is_updated_often_gains_none() {
        var one = new Used(1, 0);
        turn(one);
        for (int i = 0; i < 5; i++) {
            assertEquals(List.of(), turn(one.used(3000, 300)));
        }
    }

    @Test
    void copies_that_are_no_longer_read_go_after_a_while_and_those_asked_for_stay() {
        var one = new Used(1, 0);
        one.copied();
        one.copies.add(2);
        turn(one);
        for (int i = 1; i < Balancer.TURNS_UNTIL_LESS; i++) {
            assertEquals(List.of(), turn(one.used(10, 0)));
        }
        assertEquals(List.of(new Copies(1, 0)), turn(one.used(10, 0)));
        one.extra = 0;
        one.copies.removeLast();
        for (int i = 0; i < 2 * Balancer.TURNS_UNTIL_LESS; i++) {
            assertEquals(List.of(), turn(one.used(0, 0)));
        }
    }

    @Test
    void between_much_and_little_nothing_changes() {
        var one = new Used(1, 0);
        one.copied();
        turn(one);
        for (int i = 0; i < 3 * Balancer.TURNS_UNTIL_LESS; i++) {
            assertEquals(List.of(), turn(one.used(i % 2 == 0 ? 300 : 1900, 0)));
        }
    }

    @Test
    void copies_of_large_states_and_of_objects_whose_program_counts_them_are_left_to_programs() {
        var large = new Used(1, 0);
        large.bytes = Balancer.MOST_BYTES + 1;
        var fixed = new Used(2, 0);
        fixed.mayCopy = false;
        turn(large, fixed);
        for (int i = 0; i < 5; i++) {
            assertEquals(List.of(), turn(large.used(5000, 0), fixed.used(5000, 0)));
        }
    }

    @Test
    void a_full_node_gives_away_its_objects_one_a_turn_the_largest_first() {
        var small = new Used(1, 1);
        var large = new Used(2, 1);
        large.bytes = 5000;
        nodes.came(2);
        turn(small, large);
        assertEquals(List.of(), turn(small, large));
        nodes.room(1, "node-1 is full: 950 MB of the 1 GB of its heap are in use");
        assertEquals(
                List.of(new Move(2, 0, "it was moved off node-1, which was full")),
                turn(small, large),
                "to the node with the fewest objects");
        assertTrue(balancer.notes(2).getFirst().text().startsWith("moved from node-1 to node-0: node-1 is full"));
    }

    @Test
    void it_moves_to_a_copy_where_there_is_one_and_nowhere_when_all_are_full() {
        var one = new Used(1, 1);
        one.copies.add(2);
        turn(one);
        nodes.room(1, "full");
        assertEquals(List.of(new Move(1, 2, "it was moved off node-1, which was full")), turn(one));
        nodes.room(2, "full");
        nodes.room(0, "full");
        assertEquals(List.of(), turn(one));
        nodes.room(0, null);
        one.mayMove = false;
        assertEquals(List.of(), turn(one), "where its program put it");
    }

    @Test
    void it_changes_few_objects_at_a_time() {
        var all = new Used[20];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Used(i, 0);
        }
        turn(all);
        for (int i = 0; i < 2; i++) {
            for (Used each : all) {
                each.used(2000, 0);
            }
            assertEquals(i == 0 ? 0 : Balancer.CHANGES_IN_A_TURN, turn(all).size());
        }
    }

    @Test
    void what_it_knew_of_a_deleted_object_is_forgotten() {
        var one = new Used(1, 0);
        turn(one);
        turn(one.used(10, 0));
        turn();
        assertNull(balancer.rates(1));
        assertEquals(List.of(), balancer.notes(1));
    }
}
