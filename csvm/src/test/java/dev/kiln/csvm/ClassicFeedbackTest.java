package dev.kiln.csvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.csvm.internal.cascade.Placer;
import dev.kiln.csvm.internal.cascade.TwoClassTraining;
import dev.kiln.dislib.DsArray;
import dev.kiln.runtime.local.LocalCluster;
import dev.kiln.tasks.Workflow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassicFeedbackTest {

    private static final Clouds DATA = Clouds.mixed(400, 5, 0.3, 11);
    private static final CascadeSvmOptions VIOLATORS =
            CascadeSvmOptions.builder().c(2).gamma(0.2).build();
    private static final CascadeSvmOptions CLASSIC =
            VIOLATORS.toBuilder().feedback(Feedback.CLASSIC).maxRounds(20).build();

    @Test
    void the_classic_cascade_reaches_the_optimum_that_violators_reach() {
        double wanted =
                fit(VIOLATORS, 40, new ArrayList<>(), 1, 2).certificate().dualObjective();
        for (int arity : new int[] {2, 3, 48}) {
            List<Round> rounds = new ArrayList<>();
            Certificate found = fit(CLASSIC.toBuilder().arity(arity).build(), 40, rounds, 1, 2)
                    .certificate();
            assertTrue(found.converged(), "arity " + arity + ": " + found);
            assertEquals(wanted, found.dualObjective(), 1e-4 * wanted);
            assertTrue(found.relativeGap() < 1e-3);
            assertEquals(found.rounds(), rounds.size());
            assertTrue(found.rounds() > 1);
        }
    }

    @Test
    void without_a_check_exactly_so_many_passes_are_made() {
        for (int passes : new int[] {1, 5}) {
            var options = CLASSIC.toBuilder().check(false).maxRounds(passes).build();
            List<Round> rounds = new ArrayList<>();
            Certificate found = fit(options, 40, rounds, 1, 2).certificate();
            assertEquals(passes, found.rounds());
            assertEquals(List.of(passes), rounds.stream().map(Round::number).toList());
            assertEquals(passes > 1, found.relativeGap() < 0.01, found.toString());
        }
    }

    @Test
    void the_model_is_the_same_on_any_cluster_and_wherever_tasks_are_placed(@TempDir Path folder) throws Exception {
        var options = CLASSIC.toBuilder().check(false).maxRounds(3).build();
        Path one = folder.resolve("one.svm");
        Path many = folder.resolve("many.svm");
        Path random = folder.resolve("random.svm");
        fit(options, 40, new ArrayList<>(), 1, 1).save(one);
        fit(options, 40, new ArrayList<>(), 3, 2).save(many);
        try (LocalCluster cluster = LocalCluster.start(3, 1);
                Workflow wf = new Workflow(cluster.open(getClass().getClassLoader()))) {
            new CascadeSvm.Model(new TwoClassTraining(options, Placer.random(wf.nodes(), 7), DATA.xIn(wf, 40))
                            .run(DATA.yIn(wf, 40), null, round -> {}))
                    .save(random);
        }
        assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(many));
        assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(random));
        CascadeSvmOptions read = CascadeSvm.Model.load(one).options();
        assertEquals(Feedback.CLASSIC, read.feedback());
        assertFalse(read.check());
    }

    @Test
    void blocks_of_one_class_meet_the_other_further_up() {
        Clouds sorted = DATA.sorted();
        try (LocalCluster cluster = LocalCluster.start(2, 1);
                Workflow wf = new Workflow(cluster.open(getClass().getClassLoader()))) {
            Certificate found = sorted.fit(wf, CLASSIC, 40).certificate();
            assertTrue(found.converged(), found.toString());
        }
    }

    @Test
    void violators_are_always_checked() {
        var builder = VIOLATORS.toBuilder().check(false);
        assertEquals(
                "check false: expected with feedback CLASSIC only",
                assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }

    private CascadeSvm.Model fit(CascadeSvmOptions options, int blockRows, List<Round> rounds, int nodes, int slots) {
        try (LocalCluster cluster = LocalCluster.start(nodes, slots);
                Workflow wf = new Workflow(cluster.open(getClass().getClassLoader()))) {
            DsArray x = DATA.xIn(wf, blockRows);
            return new CascadeSvm(options).fit(x, DATA.yIn(wf, blockRows), rounds::add);
        }
    }
}
