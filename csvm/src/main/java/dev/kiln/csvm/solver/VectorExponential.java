package dev.kiln.csvm.solver;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link VectorLoops#expScaled} by the Vector API, which can move bits from integers to floats in vectors. Not to be
 * loaded by a JVM without the module.
 */
final class VectorExponential implements Exponential {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

    @Override
    public void apply(float scale, int from, int to, float[] v, int[] power) {
        int j = from;
        for (int end = from + F.loopBound(to - from); j < end; j += F.length()) {
            FloatVector t = FloatVector.fromArray(F, v, j).mul(scale).max(VectorLoops.LOWEST);
            var k = (IntVector) t.mul(VectorLoops.LOG2_E).sub(0.5f).convert(VectorOperators.F2I, 0);
            var whole = (FloatVector) k.convert(VectorOperators.I2F, 0);
            FloatVector r = t.sub(whole.mul(VectorLoops.LN2_HIGH)).sub(whole.mul(VectorLoops.LN2_LOW));
            FloatVector p = FloatVector.broadcast(F, VectorLoops.E7);
            p = p.mul(r).add(VectorLoops.E6);
            p = p.mul(r).add(VectorLoops.E5);
            p = p.mul(r).add(VectorLoops.E4);
            p = p.mul(r).add(VectorLoops.E3);
            p = p.mul(r).add(0.5f);
            FloatVector e = p.mul(r.mul(r)).add(r).add(1f);
            FloatVector two = k.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
            e.mul(two).intoArray(v, j);
        }
        VectorLoops.expScaled(scale, j, to, v, power);
    }
}
