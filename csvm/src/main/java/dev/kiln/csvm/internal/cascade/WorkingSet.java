package dev.kiln.csvm.internal.cascade;

import dev.kiln.csvm.internal.rows.RowTerms;
import dev.kiln.csvm.solver.Points;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The rows of the next solve: the support vectors, and the violators that are none. */
final class WorkingSet {

    private WorkingSet() {}

    /** All of them once each, in the order of their ids. */
    static Machine join(Machine machine, List<Violators> blocks) {
        int size =
                machine.size() + blocks.stream().mapToInt(v -> v.ids().length).sum();
        byte[] labels = Arrays.copyOf(machine.labels(), size);
        long[] ids = Arrays.copyOf(machine.ids(), size);
        double[] beta = Arrays.copyOf(machine.beta(), size);
        double[] f = Arrays.copyOf(machine.f(), size);
        List<Points> points = new ArrayList<>(List.of(machine.points()));
        List<RowTerms> terms = new ArrayList<>(List.of(machine.terms()));
        int at = machine.size();
        for (Violators v : blocks) {
            System.arraycopy(v.labels(), 0, labels, at, v.ids().length);
            System.arraycopy(v.ids(), 0, ids, at, v.ids().length);
            System.arraycopy(v.f(), 0, f, at, v.ids().length);
            points.add(v.points());
            terms.add(v.terms());
            at += v.ids().length;
        }
        int[] sizes = IntStream.concat(
                        IntStream.of(machine.size()), blocks.stream().mapToInt(v -> v.ids().length))
                .toArray();
        Machine all = new Machine(
                Points.concat(points), labels, RowTerms.concat(terms, sizes), ids, beta, f, machine.state());
        return all.select(byId(ids));
    }

    /**
     * The rows of all parts once each, in the order of their ids, with multipliers to start from: those that the parts
     * bring where no row is in two of them; else those of the first part alone, since a sum of all would count some
     * twice.
     */
    static Machine union(List<Machine> parts) {
        Machine all = CascadeTasks.concat(parts);
        int[] order = byId(all.ids());
        int[] once = new int[order.length];
        int count = 0;
        for (int at : order) {
            // Sorting is stable: of equal ids the one of the first part that has it comes first.
            if (count == 0 || all.ids()[once[count - 1]] != all.ids()[at]) {
                once[count++] = at;
            }
        }
        if (count < order.length) {
            Arrays.fill(all.beta(), parts.getFirst().size(), all.size(), 0);
        }
        return all.select(Arrays.copyOf(once, count));
    }

    private static int[] byId(long[] ids) {
        return IntStream.range(0, ids.length)
                .boxed()
                .sorted(Comparator.comparingLong(i -> ids[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
