package io.millrace.cli.command;

import io.millrace.cli.config.RegistryOptions;
import io.millrace.schemas.avro.ModelRoles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the previous champion the champion again. */
@Command(
        name = "rollback",
        description = "Makes the previous champion the champion again.",
        footer = {"  millrace models rollback fraud --reason 'too many alerts'"})
final class ModelsRollbackCommand implements Runnable {

    @Mixin
    private RegistryOptions registry;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model's name.")
    private String model;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the roles.")
    private @Nullable String reason;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        String why = reason == null ? "rolled back by hand" : reason;
        ModelRoles roles = registry.write(model, writer -> writer.rollback(why));
        spec.commandLine().getOut().println(ModelTexts.sentence(roles));
    }
}
