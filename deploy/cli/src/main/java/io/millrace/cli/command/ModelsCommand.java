package io.millrace.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The model registry, from the command line. */
@Command(
        name = "models",
        description = "Lists, publishes and chooses model versions.",
        footer = {"  millrace models list", "  millrace models publish deploy/models/fraud"},
        subcommands = {
            ModelsListCommand.class,
            ModelsShowCommand.class,
            ModelsPublishCommand.class,
            ModelsPromoteCommand.class,
            ModelsRollbackCommand.class,
            ModelsPinCommand.class,
            ModelsVerifyCommand.class
        })
final class ModelsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do with the models: list, show, publish, promote, rollback, pin or verify");
    }
}
