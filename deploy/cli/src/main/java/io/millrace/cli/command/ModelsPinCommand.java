package io.millrace.cli.command;

import io.millrace.cli.config.RegistryOptions;
import io.millrace.schemas.avro.ModelRoles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keeps publications from replacing the champion, or lets them again. */
@Command(
        name = "pin",
        description = "Keeps publications from replacing the champion; they become challengers until it is released.",
        footer = {
            "  millrace models pin fraud",
            "  millrace models pin fraud 2",
            "  millrace models pin fraud --release"
        })
final class ModelsPinCommand implements Runnable {

    @Mixin
    private RegistryOptions registry;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model's name.")
    private String model;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "VERSION",
            description = "Promoted first; by default the champion that is.")
    private @Nullable Integer version;

    @Option(names = "--release", description = "Let publications replace the champion again.")
    private boolean release;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the roles.")
    private @Nullable String reason;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (release && version != null) {
            throw new ParameterException(spec.commandLine(), "--release takes no version: it releases the champion");
        }
        String why = reason == null ? (release ? "released by hand" : "pinned by hand") : reason;
        ModelRoles roles = registry.write(model, writer -> release ? writer.unpin(why) : writer.pin(version, why));
        spec.commandLine().getOut().println(ModelTexts.sentence(roles));
    }
}
