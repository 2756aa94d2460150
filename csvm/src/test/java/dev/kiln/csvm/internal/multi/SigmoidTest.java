package dev.kiln.csvm.internal.multi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.csvm.internal.model.Sigmoid;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SigmoidTest {

    @Test
    void labels_drawn_by_a_sigmoid_give_it_back() {
        var random = new SplittableRandom(3);
        var truth = new Sigmoid(-1.7, 0.4);
        double[] f = new double[20_000];
        byte[] labels = new byte[f.length];
        for (int i = 0; i < f.length; i++) {
            f[i] = random.nextDouble(-3, 3);
            labels[i] = (byte) (random.nextDouble() < truth.probability(f[i]) ? 1 : -1);
        }
        Sigmoid found = Sigmoid.fit(f, labels);
        assertEquals(truth.a(), found.a(), 0.06);
        assertEquals(truth.b(), found.b(), 0.06);
    }

    @Test
    void separable_and_one_sided_and_no_values_end_in_finite_numbers() {
        Sigmoid apart = Sigmoid.fit(new double[] {-1000, -2, 2, 1000}, new byte[] {-1, -1, 1, 1});
        assertTrue(apart.probability(1e6) > 0.5 && apart.probability(-1e6) < 0.5);
        assertTrue(Double.isFinite(
                Sigmoid.fit(new double[] {1, 1}, new byte[] {1, 1}).b()));
        assertEquals(0.5, Sigmoid.fit(new double[0], new byte[0]).probability(3), 1e-12);
    }

    @Test
    void pairs_that_agree_are_coupled_to_what_they_agree_on() {
        double[] p = {0.6, 0.3, 0.1};
        double[][] r = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                r[i][j] = p[i] / (p[i] + p[j]);
            }
        }
        assertArrayEquals(p, Coupling.couple(r), 0.01);
    }
}
