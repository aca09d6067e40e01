package io.millrace.cli.command;

import io.millrace.cli.config.RegistryOptions;
import io.millrace.cli.history.ModelHistory;
import io.millrace.cli.output.FailedException;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import io.millrace.cli.output.WrongUseException;
import io.millrace.schemas.MetricsWindow;
import io.millrace.schemas.avro.Metrics;
import io.millrace.schemas.avro.ModelRoles;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.avro.TrainingRun;
import io.millrace.schemas.registry.RegistryView;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Everything that is known of one version. */
@Command(
        name = "show",
        description = "Shows one version of a model: roles, files, state, metrics, training and manifest.",
        footer = {"  millrace models show fraud", "  millrace models show fraud@3 --manifest > manifest.yaml"})
final class ModelsShowCommand implements Runnable {

    @Mixin
    private RegistryOptions registry;

    @Mixin
    private JsonOption json;

    @Option(names = "--manifest", description = "Print only the manifest, as it was published.")
    private boolean manifestOnly;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model's name, or name@version.")
    private String nameAndVersion;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "VERSION",
            description = "By default the champion, or the latest when there is none.")
    private @Nullable Integer second;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        int at = nameAndVersion.lastIndexOf('@');
        String model = at < 0 ? nameAndVersion : nameAndVersion.substring(0, at);
        Integer wanted = at < 0 ? second : version(nameAndVersion.substring(at + 1));
        RegistryOptions.Told told = registry.readWithHistory(model);
        RegistryView view = told.view();
        ModelVersion version = choose(view, model, wanted);
        PrintWriter out = spec.commandLine().getOut();
        if (manifestOnly) {
            out.print(version.getManifest());
        } else if (json.json()) {
            Map<String, Object> facts = facts(view, version);
            ModelHistory history = told.history();
            facts.put(
                    "metrics",
                    history.metricsOf(version.getVersion()).stream()
                            .map(MetricTexts::facts)
                            .toList());
            facts.put(
                    "training_runs",
                    history.runsOf(version.getVersion()).stream()
                            .map(RunTexts::facts)
                            .toList());
            facts.put("manifest", version.getManifest());
            Listing.printJson(out, facts);
        } else {
            facts(view, version).forEach((name, value) -> out.printf("%-14s%s%n", name, text(value)));
            printHistory(out, told.history(), version.getVersion());
            out.println();
            out.print(version.getManifest());
        }
        out.flush();
    }

    /** The version's own windows, and how the other versions did over all. */
    private static void printHistory(PrintWriter out, ModelHistory history, int version) {
        List<Metrics> shown = history.metrics().stream()
                .filter(each -> each.getVersion() == version || MetricsWindow.isAll(each))
                .toList();
        if (!shown.isEmpty()) {
            out.println();
            MetricTexts.table(shown).print(out, false, "");
        }
        for (TrainingRun run : history.runsOf(version)) {
            out.println();
            RunTexts.print(out, run, false);
        }
    }

    private Integer version(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new WrongUseException(
                    "'" + text + "' in '" + nameAndVersion + "' is no version: write it as in fraud@3");
        }
    }

    private static ModelVersion choose(RegistryView view, String model, @Nullable Integer wanted) {
        NavigableMap<Integer, ModelVersion> versions = view.versionsOf(model);
        if (versions.isEmpty()) {
            throw new FailedException("there is no model '" + model + "' in the registry; there is "
                    + view.versions().keySet());
        }
        if (wanted == null) {
            return view.champion(model).orElseGet(() -> versions.lastEntry().getValue());
        }
        ModelVersion version = versions.get(wanted);
        if (version == null) {
            throw new FailedException(
                    "model '" + model + "' has no version " + wanted + "; it has " + versions.keySet());
        }
        return version;
    }

    private static Map<String, Object> facts(RegistryView view, ModelVersion version) {
        ModelRoles roles = view.roles().get(version.getName());
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("model", version.getName());
        facts.put("version", version.getVersion());
        facts.put("roles", ModelTexts.roles(roles, version.getVersion()));
        if (roles != null) {
            facts.put("decided", roles.getReason() + ", by " + roles.getDecidedBy() + " at " + roles.getDecidedAt());
        }
        facts.put("published_at", version.getPublishedAt().toString());
        facts.put("published_by", version.getPublishedBy());
        facts.put("manifest_hash", version.getManifestHash());
        VersionFiles files = VersionFiles.of(version, view);
        facts.put("files", files.lines());
        facts.put("sent", files.sent());
        facts.put("state", ModelTexts.states(view, version));
        return facts;
    }

    private static String text(Object value) {
        if (value instanceof List<?> list) {
            return list.isEmpty()
                    ? "-"
                    : String.join("; ", list.stream().map(String::valueOf).toList());
        }
        return value.toString();
    }
}
