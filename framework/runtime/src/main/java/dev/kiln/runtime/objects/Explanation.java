package dev.kiln.runtime.objects;

import dev.kiln.runtime.objects.Entry.Phase;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says of an object why it is where it is, in a few lines. */
final class Explanation {

    private Explanation() {}

    static String of(Entry entry, Nodes nodes, Balancer balancer, long nanos) {
        if (entry.phase == Phase.LOST && entry.lost != null) {
            return entry.lost.message();
        }
        var text = new StringBuilder("object " + entry.alias() + " is on " + nodes.nameOf(entry.home));
        if (!entry.because.isEmpty()) {
            text.append(": ").append(entry.because);
        }
        line(text, copies(entry, nodes));
        if (entry.moveTo != null) {
            line(text, "it is on its way to " + nodes.nameOf(entry.moveTo) + ": " + entry.moveBecause);
        }
        @Nullable String full = nodes.full(entry.home);
        if (full != null) {
            line(text, full + (entry.fixedHome ? "; the object stays, as the program put it there" : ""));
        }
        @Nullable String rates = balancer.rates(entry.id);
        if (rates != null) {
            line(text, "lately " + rates);
        }
        for (Balancer.Note note : balancer.notes(entry.id)) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos - note.nanos());
            line(text, seconds + " s ago: " + note.text());
        }
        return text.toString();
    }

    private static String copies(Entry entry, Nodes nodes) {
        Set<String> where = entry.inStep.stream().map(nodes::nameOf).collect(Collectors.toSet());
        String asked = entry.wanted == 0 ? "none asked for" : entry.wanted + " asked for";
        String extra = entry.extra == 0 ? "" : ", " + entry.extra + " more for its many reads";
        String fixed = entry.fixedCopies ? ", no more by itself" : "";
        return (where.isEmpty()
                        ? "no copies"
                        : "copies on "
                                + String.join(", ", where.stream().sorted().toList())) + " (" + asked + extra + fixed
                + ")";
    }

    private static void line(StringBuilder text, String line) {
        text.append(System.lineSeparator()).append("  ").append(line);
    }
}
