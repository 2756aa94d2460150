package dev.kiln.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.kiln.client.samples.AsksTheJvm;
import dev.kiln.command.internal.Secret;
import dev.kiln.csvm.internal.rows.samples.LooksUp;
import dev.kiln.csvm.samples.AsksIgnite;
import dev.kiln.csvm.samples.CommandsOutsideItsCli;
import dev.kiln.csvm.samples.EndsTheJvm;
import dev.kiln.csvm.samples.HoldsStaticState;
import dev.kiln.csvm.samples.Logs;
import dev.kiln.csvm.samples.Prints;
import dev.kiln.dislib.samples.ReachesForTheRuntime;
import dev.kiln.engine.samples.AsksTheClock;
import dev.kiln.engine.samples.AsksTheSystemTime;
import dev.kiln.engine.samples.ReadsFiles;
import dev.kiln.engine.samples.RollsDice;
import dev.kiln.engine.samples.StartsThreads;
import dev.kiln.lstm.samples.OpensDatabases;
import dev.kiln.lstm.worker.samples.ReachesForTheEngine;
import dev.kiln.runtime.samples.PeeksInside;
import dev.kiln.tasks.samples.NeedsMoreThanBase;
import dev.kiln.unmarked.Unmarked;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule holds for all of Kiln, and every rule notices a class that breaks it. */
final class ArchitectureTest {

    private static final JavaClasses KILN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.kiln");

    static Stream<ArchRule> rules() {
        Stream<ArchRule> ofModules = Stream.of(Module.values())
                .flatMap(module -> Stream.of(Rules.usesOnlyWhatItMay(module), Rules.usesNoInternals(module)));
        return Stream.concat(
                ofModules,
                Stream.of(
                        Rules.onlyItsCommandsUseTheCommandLine(),
                        Rules.csvmBuildsUpwards(),
                        Rules.onlyIgniteUsesIgnite(),
                        Rules.tasksNeedJavaBaseOnly(),
                        Rules.clientNeedsJavaBaseOnly(),
                        Rules.lstmInterfaceNeedsJavaBaseOnly(),
                        Rules.engineIsPure(),
                        Rules.onlyTheCommandLineEndsTheJvm(),
                        Rules.onlyTheCommandLinePrints(),
                        Rules.nobodyUsesJavaLogging(),
                        Rules.noStaticMutableState(),
                        Rules.everyPackageIsNullMarked()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void holds_for_every_class(ArchRule rule) {
        rule.allowEmptyShould(true).check(KILN);
    }

    static List<Arguments> violations() {
        return List.of(
                Arguments.of(Rules.usesOnlyWhatItMay(Module.DISLIB), ReachesForTheRuntime.class),
                Arguments.of(Rules.onlyItsCommandsUseTheCommandLine(), CommandsOutsideItsCli.class),
                Arguments.of(Rules.usesNoInternals(Module.RUNTIME), PeeksInside.class),
                Arguments.of(Rules.csvmBuildsUpwards(), LooksUp.class),
                Arguments.of(Rules.onlyIgniteUsesIgnite(), AsksIgnite.class),
                Arguments.of(Rules.tasksNeedJavaBaseOnly(), NeedsMoreThanBase.class),
                Arguments.of(Rules.clientNeedsJavaBaseOnly(), AsksTheJvm.class),
                Arguments.of(Rules.lstmInterfaceNeedsJavaBaseOnly(), OpensDatabases.class),
                Arguments.of(Rules.usesOnlyWhatItMay(Module.LSTM_WORKER), ReachesForTheEngine.class),
                Arguments.of(Rules.engineIsPure(), AsksTheClock.class),
                Arguments.of(Rules.engineIsPure(), AsksTheSystemTime.class),
                Arguments.of(Rules.engineIsPure(), ReadsFiles.class),
                Arguments.of(Rules.engineIsPure(), RollsDice.class),
                Arguments.of(Rules.engineIsPure(), StartsThreads.class),
                Arguments.of(Rules.onlyTheCommandLineEndsTheJvm(), EndsTheJvm.class),
                Arguments.of(Rules.onlyTheCommandLinePrints(), Prints.class),
                Arguments.of(Rules.nobodyUsesJavaLogging(), Logs.class),
                Arguments.of(Rules.noStaticMutableState(), HoldsStaticState.class),
                Arguments.of(Rules.everyPackageIsNullMarked(), Unmarked.class));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("violations")
    void notices_a_class_that_breaks_it(ArchRule rule, Class<?> sample) {
        JavaClasses classes = new ClassFileImporter().importClasses(sample, Secret.class);
        assertTrue(rule.evaluate(classes).hasViolation());
    }

    @Test
    void every_module_with_classes_is_known() {
        List<String> strangers = KILN.stream()
                .map(type -> type.getPackageName())
                .filter(name -> !Module.in("dev.kiln.examples", name))
                .filter(name -> Stream.of(Module.values()).noneMatch(m -> Module.in(m.root(), name)))
                .distinct()
                .toList();
        assertTrue(strangers.isEmpty(), () -> "packages that no rule knows: " + strangers);
        assertFalse(KILN.isEmpty());
    }
}
