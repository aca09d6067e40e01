package io.millrace.cli.output;

import io.millrace.inference.config.ConfigException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Says what went wrong in one message on standard error, and turns it into the exit code: 2 for wrong use, 1 for the
 * rest. The stack trace is shown only when it was asked for.
 *
 * <p>Threading: confined to the main thread.
 */
public final class ErrorRenderer implements IExecutionExceptionHandler, IParameterExceptionHandler {

    /** The option of the root command that also shows the stack trace. */
    public static final String STACK_TRACE_OPTION = "--stack-trace";

    private final BooleanSupplier stackTraceWanted;

    public ErrorRenderer(BooleanSupplier stackTraceWanted) {
        this.stackTraceWanted = stackTraceWanted;
    }

    @Override
    public int handleParseException(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        err.println("millrace: " + problem.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(problem, err)) {
            err.println("Try '" + name + " --help'.");
        }
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
        Throwable cause = unwrapped(problem);
        PrintWriter err = command.getErr();
        err.println("millrace: " + message(cause));
        if (stackTraceWanted.getAsBoolean()) {
            problem.printStackTrace(err);
        }
        err.flush();
        return isWrongUse(cause) ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    /** The message that a failure is shown with. */
    public static String message(Throwable problem) {
        Throwable cause = unwrapped(problem);
        if (cause instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile();
        }
        String message = cause.getMessage();
        if (message == null || message.isBlank()) {
            return "failed with " + cause.getClass().getName() + "; " + STACK_TRACE_OPTION + " shows where";
        }
        boolean ours = cause.getClass().getName().startsWith("io.millrace.");
        return ours ? message : cause.getClass().getSimpleName() + ": " + message;
    }

    private static boolean isWrongUse(Throwable cause) {
        return cause instanceof WrongUseException || cause instanceof ConfigException;
    }

    /** Looks behind the exceptions that only carry another one out of a future or a lambda. */
    private static Throwable unwrapped(Throwable problem) {
        Throwable cause = problem.getCause();
        boolean carrier = problem instanceof ExecutionException
                || problem instanceof CompletionException
                || (problem instanceof UncheckedIOException && isBare(problem));
        return carrier && cause != null ? unwrapped(cause) : problem;
    }

    private static boolean isBare(Throwable problem) {
        Throwable cause = problem.getCause();
        return cause != null && cause.toString().equals(problem.getMessage());
    }
}
