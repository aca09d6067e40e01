package io.millrace.inference.published;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleException;
import io.millrace.inference.bundle.BundleException.Problem;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.config.ConfigException;
import io.millrace.inference.onnx.delta.BrokenDeltaException;
import io.millrace.inference.onnx.delta.TensorDelta;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.avro.BlobRef;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.registry.BlobStore;
import io.millrace.schemas.registry.BlobUnavailableException;
import io.millrace.schemas.registry.RegistryView;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads published versions as bundles. Files that were sent as a delta are put together with their base; the manifest,
 * every base and every whole file are checked against their hashes.
 *
 * <p>Threading: as safe as the store. Lifecycle: the store's owner closes it.
 */
public final class PublishedBundles {
    private final BlobStore store;
    private final LastBases bases = new LastBases();

    public PublishedBundles(BlobStore store) {
        this.store = store;
    }

    /**
     * What a version says of itself; no file is read.
     *
     * @throws BundleException if the manifest is damaged or cannot be read
     */
    public static Manifest manifest(ModelVersion version) {
        String yaml = version.getManifest();
        if (!Sha256.hex(yaml.getBytes(StandardCharsets.UTF_8)).equals(version.getManifestHash())) {
            throw new BundleException(
                    Problem.HASH_MISMATCH, "the manifest's bytes do not have the hash it was published with");
        }
        try {
            return Manifest.parse(yaml);
        } catch (ConfigException e) {
            throw new BundleException(Problem.BAD_MANIFEST, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The whole bundle of a version.
     *
     * @param view where the bases of deltas are looked for
     * @throws BundleException if a file is missing, damaged, or cannot be put together; a store that cannot be reached
     *     throws its own exception, and trying again may help
     */
    public Bundle read(ModelVersion version, RegistryView view) {
        Manifest manifest = manifest(version);
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (BlobRef blob : version.getBlobs()) {
            files.put(blob.getPath(), blob.getDeltaOf() == null ? stored(blob) : assembled(version, blob, view));
        }
        return new Bundle(manifest, version.getManifest(), files);
    }

    private byte[] assembled(ModelVersion version, BlobRef delta, RegistryView view) {
        String file = "model " + version.getName() + ": blob '" + delta.getPath() + "'";
        BlobRef base = WholeFiles.find(view, version.getName(), delta.getDeltaOf())
                .orElseThrow(() -> new BundleException(
                        Problem.MISSING_BLOB,
                        file + " is a delta against the file " + delta.getDeltaOf()
                                + ", which no version of the model holds whole: publish the version again"));
        try {
            return TensorDelta.apply(bases.get(base, this::stored), base.getSha256(), stored(delta));
        } catch (BrokenDeltaException e) {
            throw new BundleException(
                    Problem.BROKEN_DELTA,
                    file + " is a delta that cannot be applied: " + e.getMessage() + ": publish the version again",
                    e);
        }
    }

    private byte[] stored(BlobRef blob) {
        try {
            return store.read(blob);
        } catch (BlobUnavailableException e) {
            throw new BundleException(Problem.MISSING_BLOB, String.valueOf(e.getMessage()), e);
        }
    }
}
