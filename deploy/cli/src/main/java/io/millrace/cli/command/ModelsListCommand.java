package io.millrace.cli.command;

import io.millrace.cli.config.RegistryOptions;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.registry.RegistryView;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One line for each version in the registry. */
@Command(
        name = "list",
        description = "Lists the versions of all models, or of one.",
        footer = {"  millrace models list", "  millrace models list fraud --json"})
final class ModelsListCommand implements Runnable {

    @Mixin
    private RegistryOptions registry;

    @Mixin
    private JsonOption json;

    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "Only this model's versions.")
    private @Nullable String model;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        RegistryView view = registry.read();
        Listing listing = Listing.of("model", "version", "roles", "state", "bytes", "published_at", "published_by");
        for (Map.Entry<String, NavigableMap<Integer, ModelVersion>> entry :
                view.versions().entrySet()) {
            if (model == null || model.equals(entry.getKey())) {
                entry.getValue().descendingMap().values().forEach(version -> add(listing, view, version));
            }
        }
        listing.print(
                spec.commandLine().getOut(),
                json.json(),
                "no " + (model == null ? "models" : "versions of " + model)
                        + " yet: publish one with 'millrace models publish FOLDER'");
    }

    private static void add(Listing listing, RegistryView view, ModelVersion version) {
        listing.add(
                version.getName(),
                version.getVersion(),
                ModelTexts.roles(view.roles().get(version.getName()), version.getVersion()),
                ModelTexts.states(view, version),
                ModelTexts.bytes(version),
                version.getPublishedAt(),
                version.getPublishedBy());
    }
}
