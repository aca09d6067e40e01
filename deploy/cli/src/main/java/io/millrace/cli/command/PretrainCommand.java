package io.millrace.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a first model from a file; which one is a command below. */
@Command(
        name = "pretrain",
        description =
                "Makes a first model from a file of past events or of texts: the same file and seed, the same bytes.",
        footer = {
            "  millrace pretrain fraud --input transactions.csv.gz --out my-fraud-model",
            "  millrace pretrain sentiment --train train.tsv.gz --test dev.tsv.gz --output my-sentiment-model"
        },
        subcommands = {PretrainFraudCommand.class, PretrainSentimentCommand.class})
final class PretrainCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which model to pretrain: fraud or sentiment");
    }
}
