package io.millrace.cli.command;

import io.millrace.cli.output.WrongUseException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Stands in the list of commands for the benchmarks, which are a program of their own with the peers in it. */
@Command(
        name = BenchCommand.NAME,
        description = "Measures on this machine, and says what is compared with what.",
        footer = "  deploy/millrace bench --help")
final class BenchCommand implements Runnable {
    static final String NAME = "bench";

    @Unmatched
    private String[] anything = {};

    @Override
    public void run() {
        throw new WrongUseException("the benchmarks are a program of their own: start 'deploy/millrace bench "
                + String.join(" ", anything) + "' from the repository");
    }
}
