package io.millrace.cli.serve;

import io.millrace.cli.config.ModelConfig;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes the configured bundle of each model that the registry does not know yet. */
final class FirstModels {
    private static final Logger log = LoggerFactory.getLogger(FirstModels.class);

    private FirstModels() {}

    /** Publishes what is missing, and answers it. */
    static List<ModelVersion> publish(Map<String, Object> kafka, List<ModelConfig> models, Clock clock) {
        RegistryView view;
        try (ModelRegistryReader reader = new ModelRegistryReader(kafka)) {
            view = reader.read();
        }
        List<ModelVersion> published = new ArrayList<>();
        for (ModelConfig model : models) {
            if (view.versions().containsKey(model.name())) {
                continue;
            }
            if (!Files.isDirectory(model.bundle())) {
                log.warn(
                        "model {}: no version is published, and there is no bundle in {}",
                        model.name(),
                        model.bundle());
                continue;
            }
            Bundle bundle = BundleFolder.read(model.bundle());
            try (ModelRegistryWriter writer = new ModelRegistryWriter(kafka, model.name(), "millrace up", clock)) {
                published.add(writer.publish(
                        new VersionDraft(model.name(), bundle.manifestYaml(), bundle.blobs()),
                        PublishAs.CHAMPION,
                        "first start"));
            }
        }
        return published;
    }
}
