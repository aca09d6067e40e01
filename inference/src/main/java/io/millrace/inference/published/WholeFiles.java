package io.millrace.inference.published;

import io.millrace.schemas.avro.BlobRef;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.registry.RegistryView;
import java.util.Optional;

/**
 * Finds the whole files that the versions of a model have in the model log.
 *
 * <p>Threading: stateless.
 */
final class WholeFiles {
    private WholeFiles() {}

    /** The whole file of this hash. */
    static Optional<BlobRef> find(RegistryView view, String model, String sha256) {
        for (ModelVersion version : view.versionsOf(model).values()) {
            for (BlobRef blob : version.getBlobs()) {
                if (blob.getDeltaOf() == null && blob.getSha256().equals(sha256)) {
                    return Optional.of(blob);
                }
            }
        }
        return Optional.empty();
    }
}
