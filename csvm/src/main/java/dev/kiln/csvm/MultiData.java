package dev.kiln.csvm;

import dev.kiln.csvm.solver.Points;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a multi-class model is made of; also the form in which it is put into a cluster.
 *
 * @param header everything but the support vectors
 * @param points the different rows that any machine uses
 * @param ids their row numbers in the training data, ascending
 * @param uses for each machine the indexes of its rows, ascending, and their multipliers
 */
record MultiData(MultiHeader header, Points points, long[] ids, List<Use> uses) {

    /**
     * The support vectors of one machine.
     *
     * @param rows indexes of rows, ascending
     * @param beta signed multipliers
     */
    record Use(int[] rows, double[] beta) {}

    /** A machine for two classes in this form; its decision values keep their bits. */
    static MultiData of(ModelData data) {
        ModelHeader h = data.header();
        int n = data.ids().length;
        var header = new MultiHeader(
                h.kiln(),
                h.features(),
                n,
                MultiClass.OVO,
                new double[] {-1, 1},
                List.of(h.negative(), h.positive()),
                List.of(new MultiHeader.Part(1, 0, n, h.rho(), null, h.certificate())),
                h.options(),
                h.rows(),
                h.blockRows(),
                h.certificate().trainAccuracy(),
                h.scaling());
        var use = new Use(IntStream.range(0, n).toArray(), data.beta());
        return new MultiData(header, data.points(), data.ids(), List.of(use));
    }

    MultiData with(MultiHeader other) {
        return new MultiData(other, points, ids, uses);
    }
}
