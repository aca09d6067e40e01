package io.millrace.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes up input where there is none; what is made up is a command below. */
@Command(
        name = "simulate",
        description = "Makes up input, the same for the same seed.",
        footer = {"  millrace simulate transactions --out transactions.csv.gz"},
        subcommands = {SimulateTransactionsCommand.class})
final class SimulateCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to simulate: transactions");
    }
}
