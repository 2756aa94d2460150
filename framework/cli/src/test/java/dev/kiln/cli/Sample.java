package dev.kiln.cli;

import dev.kiln.tasks.Arg;
import dev.kiln.tasks.Task;
import dev.kiln.tasks.Workflow;

/** A user's program; the tests put it into a jar, whose class loader makes other classes of it than theirs. */
public final class Sample {

    static final String SAID = "kiln.test.said";
    static final String LOADED_FROM = "kiln.test.loadedFrom";

    private Sample() {}

    @Task
    static int twice(int x) {
        return 2 * x;
    }

    /** Doubles its first argument and says the rest. */
    public static void main(String[] args) {
        try (var wf = Workflow.open()) {
            int doubled = wf.task(Sample::twice)
                    .submit(Arg.value(Integer.parseInt(args[0])))
                    .get();
            String[] said = args.clone();
            said[0] = Integer.toString(doubled);
            System.setProperty(
                    LOADED_FROM,
                    Sample.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toString());
            System.setProperty(SAID, String.join(" ", said));
        }
    }

    /** Ends badly. */
    static final class Fails {
        static void main() {
            throw new IllegalStateException("on purpose");
        }
    }

    /** Closes nothing. */
    static final class Forgets {
        void main() {
            Workflow.open().task(Sample::twice).submit(Arg.value(1));
        }
    }
}
