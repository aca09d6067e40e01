package io.millrace.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a first model from a file; which one is a command below. */
@Command(
        name = "pretrain",
        description = "Makes a first model from a file of past events: the same file and seed, the same bytes.",
        footer = {"  millrace pretrain fraud --input transactions.csv.gz --out my-fraud-model"},
        subcommands = {PretrainFraudCommand.class})
final class PretrainCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which model to pretrain: fraud");
    }
}
