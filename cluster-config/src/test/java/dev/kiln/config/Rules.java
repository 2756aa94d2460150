package dev.kiln.config;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** What no class of Kiln may do; docs/ARCHITECTURE.md says why. */
final class Rules {

    private static final String COMMAND_LINE = "dev.kiln.cli..";

    /** Packages of dev.kiln.csvm, each above those before it. */
    private static final List<String> CSVM = List.of(
            "solver", "internal.rows", "internal.linear", "internal.model", "internal.cascade", "internal.multi");

    private static final Set<String> ESTIMATORS =
            Set.of("CascadeSvm", "EpsilonSvr", "GridSearch", "LinearSvm", "MultiClassSvm", "OneClassSvm");

    private Rules() {}

    /** The import rules between modules. */
    static ArchRule usesOnlyWhatItMay(Module module) {
        return classesOf(module)
                .should()
                .dependOnClassesThat(module.forbidden())
                .allowEmptyShould(true)
                .as(module.root() + " uses only " + module.uses);
    }

    /** The cli packages of ML modules are plug-ins of the command line; docs/adr/0006-command-spi.md. */
    static ArchRule onlyItsCommandsUseTheCommandLine() {
        return noClasses()
                .that()
                .resideInAnyPackage("dev.kiln.csvm..", "dev.kiln.lstm..")
                .and()
                .resideOutsideOfPackages("dev.kiln.csvm.cli..", "dev.kiln.lstm.worker.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.kiln.command..")
                .as("of csvm and lstm, only the packages named cli use dev.kiln.command");
    }

    static ArchRule usesNoInternals(Module module) {
        return noClasses()
                .that(describe("in " + module.root(), module::holds))
                .should()
                .dependOnClassesThat(module.othersInternals())
                .allowEmptyShould(true)
                .as(module.root() + " keeps out of other modules' internals");
    }

    /** Each package of csvm uses those below it; what users call stands on top. */
    static ArchRule csvmBuildsUpwards() {
        return classes()
                .that()
                .resideInAPackage("dev.kiln.csvm..")
                .should(new ArchCondition<>("use no package above their own") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        int own = storey(type);
                        type.getDirectDependenciesFromSelf().stream()
                                .filter(d -> own >= 0 && storey(d.getTargetClass()) > own)
                                .forEach(d -> events.add(SimpleConditionEvent.violated(d, d.getDescription())));
                    }
                })
                .as("the packages of dev.kiln.csvm use only those below them");
    }

    /** Counted from 0; -1 for what no rule is about: options and results, which all may use, and commands. */
    private static int storey(JavaClass type) {
        for (int i = 0; i < CSVM.size(); i++) {
            if (Module.in("dev.kiln.csvm." + CSVM.get(i), type.getPackageName())) {
                return i;
            }
        }
        String name = type.getName().replaceAll("\\$.*", "");
        return ESTIMATORS.contains(name.substring(name.lastIndexOf('.') + 1))
                        && type.getPackageName().equals("dev.kiln.csvm")
                ? CSVM.size()
                : -1;
    }

    static ArchRule onlyIgniteUsesIgnite() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("dev.kiln.ignite..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.ignite..")
                .as("only dev.kiln.ignite uses Apache Ignite");
    }

    static ArchRule tasksNeedJavaBaseOnly() {
        return classes()
                .that()
                .resideInAPackage("dev.kiln.tasks..")
                .and()
                .resideOutsideOfPackage("dev.kiln.tasks.checker..")
                .should()
                .onlyDependOnClassesThat(
                        describe("of java.base", Rules::ofJavaBase).or(inAnyOf("dev.kiln.tasks", "org.jspecify")))
                .as("dev.kiln.tasks needs java.base only");
    }

    /** A client needs four jars and the smallest Java; docs/active-objects.md lists them. */
    static ArchRule clientNeedsJavaBaseOnly() {
        return classes()
                .that(inAnyOf("dev.kiln.client", "dev.kiln.engine", "dev.kiln.runtime", "dev.kiln.tasks"))
                .and()
                .resideOutsideOfPackage("dev.kiln.tasks.checker..")
                .should()
                .onlyDependOnClassesThat(describe("of java.base", Rules::ofJavaBase)
                        .or(inAnyOf(
                                "dev.kiln.client",
                                "dev.kiln.engine",
                                "dev.kiln.runtime",
                                "dev.kiln.tasks",
                                "org.jspecify")))
                .as("the class path of a client needs java.base only");
    }

    /** What a client needs to have an LSTM trained elsewhere stays light. */
    static ArchRule lstmInterfaceNeedsJavaBaseOnly() {
        return classes()
                .that()
                .resideInAPackage("dev.kiln.lstm..")
                .and()
                .resideOutsideOfPackages("dev.kiln.lstm.client..", "dev.kiln.lstm.worker..")
                .should()
                .onlyDependOnClassesThat(describe("of java.base", Rules::ofJavaBase)
                        .or(inAnyOf("dev.kiln.tasks", "dev.kiln.lstm", "org.jspecify")))
                .as("dev.kiln.lstm needs java.base only");
    }

    /** Time, chance, threads and the outside come to the engine as events. */
    static ArchRule engineIsPure() {
        return noClasses()
                .that()
                .resideInAPackage("dev.kiln.engine..")
                .should()
                .dependOnClassesThat(inAnyOf(
                                "java.util.concurrent",
                                "java.util.random",
                                "java.io",
                                "java.nio",
                                "java.net",
                                "java.sql")
                        .and(describe("not a mere marker", type -> !type.isEquivalentTo(java.io.Serializable.class)))
                        .or(anyOf(Thread.class, Random.class, Clock.class, InstantSource.class, ThreadLocal.class)))
                .orShould()
                .callMethodWhere(calls(System.class, "nanoTime", "currentTimeMillis", "getenv", "getProperty")
                        .or(calls(Math.class, "random"))
                        .or(calls(java.time.Instant.class, "now"))
                        .or(calls(java.util.UUID.class, "randomUUID"))
                        .or(calls(Object.class, "wait", "notify", "notifyAll")))
                .as("dev.kiln.engine is a pure state machine");
    }

    static ArchRule onlyTheCommandLineEndsTheJvm() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(COMMAND_LINE)
                .and(describe(
                        "not a node's main class", type -> !type.getSimpleName().equals("NodeMain")))
                .should()
                .callMethodWhere(calls(System.class, "exit").or(calls(Runtime.class, "exit", "halt")))
                .as("only dev.kiln.cli and NodeMain end the JVM");
    }

    static ArchRule onlyTheCommandLinePrints() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(COMMAND_LINE)
                .and(describe(
                        "not a node's main class", type -> !type.getSimpleName().equals("NodeMain")))
                .should()
                .accessFieldWhere(describe(
                        "System.out or System.err",
                        access -> access.getTargetOwner().isEquivalentTo(System.class)
                                && Set.of("out", "err")
                                        .contains(access.getTarget().getName())))
                .orShould()
                .callMethodWhere(describe(
                        "printStackTrace()",
                        call -> call.getTarget().getName().equals("printStackTrace")
                                && call.getTarget().getRawParameterTypes().isEmpty()))
                .as("only dev.kiln.cli prints");
    }

    static ArchRule nobodyUsesJavaLogging() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .as("log with Log4j2, not java.util.logging");
    }

    static ArchRule noStaticMutableState() {
        return fields().that().areStatic().should().beFinal().as("static fields are final");
    }

    static ArchRule everyPackageIsNullMarked() {
        return classes().should(new ArchCondition<>("be in a package marked @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage()
                        .tryGetAnnotationOfType(NullMarked.class)
                        .isPresent();
                events.add(new SimpleConditionEvent(
                        type, marked, type.getPackageName() + " has no package-info.java with @NullMarked"));
            }
        });
    }

    private static com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction classesOf(Module module) {
        return noClasses()
                .that(describe(
                        "in " + module.root(),
                        type -> module.holds(type)
                                // Judged by a rule of its own.
                                && !type.getPackageName().equals("dev.kiln.csvm.cli")
                                && !type.getPackageName().equals("dev.kiln.lstm.worker.cli")));
    }

    private static DescribedPredicate<JavaClass> inAnyOf(String... packages) {
        return describe("in " + String.join(", ", packages), type -> {
            for (String name : packages) {
                if (Module.in(name, type.getPackageName())) {
                    return true;
                }
            }
            return false;
        });
    }

    private static DescribedPredicate<JavaClass> anyOf(Class<?>... types) {
        return describe("one of those", type -> {
            for (Class<?> other : types) {
                if (type.isEquivalentTo(other)) {
                    return true;
                }
            }
            return false;
        });
    }

    private static boolean ofJavaBase(JavaClass type) {
        JavaClass element = type.getBaseComponentType();
        if (element.isPrimitive()) {
            return true;
        }
        return element.getPackageName().startsWith("java")
                && ModuleLayer.boot()
                        .findModule("java.base")
                        .orElseThrow()
                        .getPackages()
                        .contains(element.getPackageName());
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> calls(
            Class<?> owner, String... methods) {
        Set<String> names = Set.of(methods);
        return describe(owner.getSimpleName() + " " + names, call -> {
            AccessTarget.MethodCallTarget target = call.getTarget();
            return target.getOwner().isEquivalentTo(owner) && names.contains(target.getName());
        });
    }
}
