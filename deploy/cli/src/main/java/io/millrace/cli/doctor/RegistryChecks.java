package io.millrace.cli.doctor;

import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.config.ConfigException;
import io.millrace.schemas.avro.BlobRef;
import io.millrace.schemas.avro.ModelState;
import io.millrace.schemas.avro.ModelStatus;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.registry.BlobStore;
import io.millrace.schemas.registry.BlobUnavailableException;
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
        return whole(check, champion.get(), blobs);
    }

    private static Finding whole(String check, ModelVersion version, BlobStore blobs) {
        String remedy = "publish the bundle again with 'millrace models publish FOLDER'";
        long bytes = 0;
        try {
            Manifest manifest = Manifest.parse(version.getManifest());
            for (BlobRef blob : version.getBlobs()) {
                bytes += blobs.read(blob).length;
            }
            return Finding.ok(
                    check,
                    "champion is version " + version.getVersion() + ", "
                            + version.getBlobs().size() + " files of " + bytes + " bytes, task " + manifest.task());
        } catch (ConfigException e) {
            return Finding.failed(
                    check, "the manifest of version " + version.getVersion() + " is wrong: " + e.getMessage(), remedy);
        } catch (BlobUnavailableException e) {
            return Finding.failed(
                    check, "a file of version " + version.getVersion() + " is not whole: " + e.getMessage(), remedy);
        }
    }
}
