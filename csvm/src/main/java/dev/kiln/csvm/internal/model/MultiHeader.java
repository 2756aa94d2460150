package dev.kiln.csvm.internal.model;

import dev.kiln.csvm.Certificate;
import dev.kiln.csvm.MultiClass;
import dev.kiln.csvm.solver.RowKernel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a multi-class model file that people may read. The names of the components are those of the JSON object, in
 * this order.
 *
 * @param kiln the version of Kiln that wrote it
 * @param features columns of a row
 * @param supportVectors how many different rows there are
 * @param multiclass how the machines make one
 * @param values the number that stands for each class, ascending
 * @param classes what each class is called
 * @param machines one a pair of classes, or one a class
 * @param options how it was trained; of an imported model c is the greatest multiplier
 * @param rows how many rows it was trained on; 0 if imported
 * @param blockRows how many rows were in a block; 0 if imported
 * @param trainAccuracy the part of the training rows whose class is predicted; null if imported
 * @param scaling what to do to rows first, or null for nothing
 */
public record MultiHeader(
        String kiln,
        int features,
        int supportVectors,
        MultiClass multiclass,
        double[] values,
        List<String> classes,
        List<Part> machines,
        ModelHeader.Options options,
        long rows,
        int blockRows,
        @Nullable Double trainAccuracy,
        ModelHeader.@Nullable Scaling scaling) {

    /**
     * One machine.
     *
     * @param first index of the class on its positive side
     * @param second index of the class on its negative side, or -1 for all others
     * @param supportVectors how many of the rows it uses
     * @param rho threshold of its decision function
     * @param probability makes its decision values probabilities; null if that was not asked for
     * @param certificate how well training went; null if imported
     */
    public record Part(
            int first,
            int second,
            int supportVectors,
            double rho,
            @Nullable Sigmoid probability,
            @Nullable Certificate certificate) {}

    /** The same with the program's own kernel, as {@link ModelHeader.Options#with} has it. */
    MultiHeader with(@Nullable RowKernel own, Path file) {
        return copy(supportVectors, classes, machines, options.with(own, file), scaling);
    }

    /** The same for other support vectors. */
    MultiHeader with(int count, List<MultiData.Use> uses) {
        List<Part> parts = new ArrayList<>();
        for (int m = 0; m < uses.size(); m++) {
            Part part = machines.get(m);
            int used = uses.get(m).rows().length;
            parts.add(new Part(part.first, part.second, used, part.rho, part.probability, part.certificate));
        }
        return copy(count, classes, List.copyOf(parts), options, scaling);
    }

    public MultiHeader withClasses(List<String> names) {
        return copy(supportVectors, List.copyOf(names), machines, options, scaling);
    }

    public MultiHeader withScaling(ModelHeader.Scaling by) {
        return copy(supportVectors, classes, machines, options, by);
    }

    /** The same, with a sigmoid for each machine. */
    public MultiHeader withProbabilities(List<Sigmoid> sigmoids) {
        List<Part> parts = new ArrayList<>();
        for (Part part : machines) {
            Sigmoid sigmoid = sigmoids.get(parts.size());
            parts.add(new Part(part.first, part.second, part.supportVectors, part.rho, sigmoid, part.certificate));
        }
        return copy(supportVectors, classes, List.copyOf(parts), options, scaling);
    }

    private MultiHeader copy(
            int vectors,
            List<String> names,
            List<Part> parts,
            ModelHeader.Options used,
            ModelHeader.@Nullable Scaling by) {
        return new MultiHeader(
                kiln, features, vectors, multiclass, values, names, parts, used, rows, blockRows, trainAccuracy, by);
    }
}
