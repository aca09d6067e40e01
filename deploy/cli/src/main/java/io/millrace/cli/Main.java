package io.millrace.cli;

import io.millrace.cli.command.MillraceCommand;
import io.millrace.cli.output.ErrorRenderer;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Where the process begins. Exit codes: 0 done, 1 failed, 2 wrong use. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    /** Runs one command and answers its exit code, leaving the process alive. */
    public static int run(PrintStream out, PrintStream err, String... arguments) {
        MillraceCommand root = new MillraceCommand();
        return execute(out, err, root, new CommandLine(root), arguments);
    }

    /** Runs one command, with the benchmarks among them, and answers its exit code. */
    public static int runWithBench(PrintStream out, PrintStream err, Object benchCommand, String... arguments) {
        MillraceCommand root = new MillraceCommand();
        return execute(out, err, root, MillraceCommand.withBench(root, benchCommand), arguments);
    }

    private static int execute(
            PrintStream out, PrintStream err, MillraceCommand root, CommandLine line, String... arguments) {
        line.setCaseInsensitiveEnumValuesAllowed(true);
        ErrorRenderer errors = new ErrorRenderer(root::stackTrace);
        line.setOut(new PrintWriter(out, false, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler(errors);
        line.setParameterExceptionHandler(errors);
        try {
            return line.execute(arguments);
        } finally {
            line.getOut().flush();
        }
    }
}
