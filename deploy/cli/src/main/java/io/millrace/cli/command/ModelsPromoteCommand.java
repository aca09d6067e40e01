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

/** Makes a version the champion. */
@Command(
        name = "promote",
        description = "Makes a version the champion: every stream swaps to it.",
        footer = {"  millrace models promote fraud 3"})
final class ModelsPromoteCommand implements Runnable {

    @Mixin
    private RegistryOptions registry;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model's name.")
    private String model;

    @Parameters(index = "1", paramLabel = "VERSION", description = "The version to promote.")
    private int version;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the roles.")
    private @Nullable String reason;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        String why = reason == null ? "promoted by hand" : reason;
        ModelRoles roles = registry.write(model, writer -> writer.promote(version, why));
        spec.commandLine().getOut().println(ModelTexts.sentence(roles));
    }
}
