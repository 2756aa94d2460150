package dev.kiln.config;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.Set;

/** The modules, and which others each may use; docs/ARCHITECTURE.md draws the same. */
enum Module {
    TASKS("tasks"),
    ENGINE("engine"),
    RUNTIME("runtime", "engine", "tasks"),
    IGNITE("ignite", "runtime", "engine", "tasks"),
    CLIENT("client", "runtime", "tasks"),
    COMMAND("command", "tasks"),
    CLI("cli", "command", "ignite", "runtime", "tasks"),
    DISLIB("dislib", "tasks"),
    CSVM("csvm", "dislib", "tasks"),
    LSTM("lstm", "tasks"),
    LSTM_CLIENT("lstm.client", "client", "lstm", "tasks"),
    LSTM_WORKER("lstm.worker", "lstm", "tasks"),
    SLURM("slurm", "command", "tasks"),
    BENCHMARKS("benchmarks", "client", "command", "tasks");

    final String folder;
    final Set<String> uses;

    Module(String folder, String... uses) {
        this.folder = folder;
        this.uses = Set.of(uses);
    }

    String root() {
        return "dev.kiln." + folder;
    }

    boolean holds(JavaClass type) {
        return in(root(), type.getPackageName())
                && Arrays.stream(values()).noneMatch(m -> m.isInside(this) && in(m.root(), type.getPackageName()));
    }

    /** Whether this module's packages are below those of the other. */
    private boolean isInside(Module other) {
        return this != other && in(other.root(), root());
    }

    boolean mayUse(Module other) {
        return other == this || uses.contains(other.folder);
    }

    static boolean in(String root, String packageName) {
        return packageName.equals(root) || packageName.startsWith(root + ".");
    }

    /** Classes of the modules that this one may not use. */
    DescribedPredicate<JavaClass> forbidden() {
        return DescribedPredicate.describe(
                "in a module other than " + root() + " and " + uses,
                type -> Arrays.stream(values()).anyMatch(m -> m.holds(type) && !mayUse(m)));
    }

    /** A class of an `internal` package of another module. */
    DescribedPredicate<JavaClass> othersInternals() {
        return DescribedPredicate.describe(
                "internal to another module",
                type -> Arrays.stream(values())
                        .anyMatch(m -> m != this
                                && m.holds(type)
                                && type.getPackageName().contains(".internal")));
    }
}
