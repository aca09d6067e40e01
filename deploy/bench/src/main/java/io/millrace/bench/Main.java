package io.millrace.bench;

import io.millrace.bench.command.BenchCommand;
import java.io.PrintStream;

/** Where the process of {@code millrace bench} begins. Exit codes: 0 done, 1 failed, 2 wrong use. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    /** Runs one command and answers its exit code, leaving the process alive. */
    public static int run(PrintStream out, PrintStream err, String... arguments) {
        return io.millrace.cli.Main.runWithBench(out, err, new BenchCommand(), arguments);
    }
}
