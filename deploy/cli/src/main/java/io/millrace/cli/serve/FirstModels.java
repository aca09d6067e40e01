package io.millrace.cli.serve;

import io.millrace.cli.config.ModelConfig;
import io.millrace.cli.output.ByteSize;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.registry.ModelRegistryReader;
import io.millrace.schemas.registry.ModelRegistryWriter;
import io.millrace.schemas.registry.PublishAs;
import io.millrace.schemas.registry.RegistryView;
import io.millrace.schemas.registry.VersionDraft;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes the configured bundle of each model that the registry does not know yet. */
final class FirstModels {
    private static final Logger log = LoggerFactory.getLogger(FirstModels.class);

    private FirstModels() {}

    /**
     * Publishes what is missing.
     *
     * @param step hears in words what is being done, since a large model takes a while
     * @return names of the models that have no version even then
     */
    static Set<String> publish(
            Map<String, Object> kafka, List<ModelConfig> models, Clock clock, Consumer<String> step) {
        RegistryView view;
        try (ModelRegistryReader reader = new ModelRegistryReader(kafka)) {
            view = reader.read();
        }
        Set<String> missing = new TreeSet<>();
        for (ModelConfig model : models) {
            if (view.versions().containsKey(model.name())) {
                continue;
            }
            if (!Files.isDirectory(model.bundle())) {
                log.warn(
                        "model {}: no version is published, and there is no bundle in {}",
                        model.name(),
                        model.bundle());
                missing.add(model.name());
                continue;
            }
            step.accept("reading the bundle of model " + model.name() + " from " + model.bundle());
            Bundle bundle = BundleFolder.read(model.bundle());
            long bytes = bundle.blobs().values().stream()
                    .mapToLong(blob -> blob.length)
                    .sum();
            step.accept("publishing model " + model.name() + ", " + ByteSize.text(bytes));
            try (ModelRegistryWriter writer = new ModelRegistryWriter(kafka, model.name(), "millrace up", clock)) {
                ModelVersion version = writer.publish(
                        new VersionDraft(model.name(), bundle.manifestYaml(), bundle.blobs()),
                        PublishAs.CHAMPION,
                        "first start");
                step.accept("published model " + model.name() + " as version " + version.getVersion());
            }
        }
        return missing;
    }
}
