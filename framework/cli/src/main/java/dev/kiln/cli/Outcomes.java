package dev.kiln.cli;

import dev.kiln.command.ClusterFailedException;
import dev.kiln.command.UsageException;
import dev.kiln.tasks.TaskFailedException;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what goes wrong into one line on standard error and an {@linkplain Exit exit code}. */
final class Outcomes implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private final StandardConsole console;
    private final BooleanSupplier verbose;
    private final Supplier<@Nullable String> lost;

    /**
     * For one command.
     *
     * @param lost why the cluster that it had is gone; null when it is not
     */
    Outcomes(StandardConsole console, BooleanSupplier verbose, Supplier<@Nullable String> lost) {
        this.console = console;
        this.verbose = verbose;
        this.lost = lost;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] args) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        line(reason(wrong) + suggestions(wrong) + " (see " + command + " --help)");
        return Exit.WRONG_USAGE;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (jvmIsEnding()) {
            // An interrupt closed the cluster under the command; what it says of that is no news to the user.
            return Exit.CLUSTER_FAILED;
        }
        String name = command.getCommandSpec().qualifiedName();
        @Nullable String gone = lost.get();
        int code = switch (gone == null ? failure : new ClusterFailedException(gone, failure)) {
            case UsageException wrong -> {
                line(message(wrong));
                yield Exit.WRONG_USAGE;
            }
            case TaskFailedException failed -> {
                line(message(failed));
                yield Exit.WORKFLOW_FAILED;
            }
            case ProgramFailedException failed -> {
                line(message(failed));
                yield Exit.WORKFLOW_FAILED;
            }
            case ClusterFailedException failed -> {
                line(message(failed));
                yield Exit.CLUSTER_FAILED;
            }
            default -> {
                line(name + " failed: " + described(failure) + "; --verbose prints where");
                yield Exit.CLUSTER_FAILED;
            }
        };
        if (verbose.getAsBoolean()) {
            failure.printStackTrace(console.err());
        }
        return code;
    }

    /** An exception in one line, when its message was not written for users. */
    static String described(Throwable failure) {
        String message = failure.getMessage();
        String type = failure.getClass().getSimpleName();
        return oneLine(message == null || message.isBlank() ? type : type + ": " + message);
    }

    private static boolean jvmIsEnding() {
        try {
            var probe = new Thread(() -> {});
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }

    private void line(String text) {
        PrintWriter err = console.err();
        err.println("kiln: " + oneLine(text));
        err.flush();
    }

    private static String message(Exception failure) {
        String message = failure.getMessage();
        return message == null ? described(failure) : message;
    }

    private static String reason(ParameterException wrong) {
        String message = message(wrong);
        return message.isEmpty() ? message : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    private static String suggestions(ParameterException wrong) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }
        List<String> near = unmatched.getSuggestions().stream().limit(3).toList();
        return near.isEmpty() ? "" : "; did you mean " + near.stream().collect(Collectors.joining(" or ")) + "?";
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
