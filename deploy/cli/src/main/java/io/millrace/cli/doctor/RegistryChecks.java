package io.millrace.cli.doctor;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleException;
import io.millrace.inference.bundle.BundleException.Problem;
import io.millrace.inference.published.PublishedBundles;
import io.millrace.schemas.avro.ModelState;
import io.millrace.schemas.avro.ModelStatus;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.registry.BlobStore;
import io.millrace.schemas.registry.RegistryView;
import io.millrace.stream.config.PipelineConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the models that the pipelines name: each has a champion, its manifest reads, and its files are whole.
 *
 * <p>Threading: confined to the caller, who owns the store.
 */
public final class RegistryChecks {

    private RegistryChecks() {}

    public static List<Finding> run(RegistryView view, BlobStore blobs, List<PipelineConfig> pipelines) {
        List<Finding> findings = new ArrayList<>();
        pipelines.stream()
                .map(PipelineConfig::model)
                .distinct()
                .forEach(model -> findings.add(champion(view, blobs, model)));
        for (ModelStatus status : view.status().values()) {
            if (status.getState() == ModelState.REFUSED) {
                findings.add(Finding.warning(
                        "model " + status.getModel(),
                        "version " + status.getVersion() + " is refused by " + status.getInstance() + ": "
                                + status.getReason(),
                        "publish a version without this fault; the champion goes on meanwhile"));
            }
        }
        return findings;
    }

    private static Finding champion(RegistryView view, BlobStore blobs, String model) {
        String check = "model " + model;
        Optional<ModelVersion> champion = view.champion(model);
        if (champion.isEmpty()) {
            boolean published = !view.versionsOf(model).isEmpty();
            return Finding.warning(
                    check,
                    published
                            ? "it has versions but no champion: the stream waits"
                            : "it has no version: the stream waits",
                    published
                            ? "choose one with 'millrace models promote " + model + " VERSION'"
                            : "publish one with 'millrace models publish FOLDER'");
        }
        return whole(check, champion.get(), view, blobs);
    }

    private static Finding whole(String check, ModelVersion version, RegistryView view, BlobStore blobs) {
        String remedy = "publish the bundle again with 'millrace models publish FOLDER'";
        try {
            Bundle bundle = new PublishedBundles(blobs).read(version, view);
            long bytes = bundle.blobs().values().stream()
                    .mapToLong(file -> file.length)
                    .sum();
            return Finding.ok(
                    check,
                    "champion is version " + version.getVersion() + ", "
                            + bundle.blobs().size() + " files of " + bytes + " bytes, task "
                            + bundle.manifest().task());
        } catch (BundleException e) {
            String part = e.problem() == Problem.BAD_MANIFEST ? "the manifest" : "a file";
            String fault = e.problem() == Problem.BAD_MANIFEST ? " is wrong: " : " is not whole: ";
            return Finding.failed(check, part + " of version " + version.getVersion() + fault + e.getMessage(), remedy);
        }
    }
}
