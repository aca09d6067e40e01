package io.millrace.inference.bundle;

import io.millrace.inference.bundle.BundleException.Problem;
import io.millrace.inference.config.ConfigException;
import io.millrace.schemas.Sha256;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model version's manifest with its blobs, checked against each other: every blob that the manifest names is there,
 * has the hash it names, and no other is.
 *
 * <p>The manifest's text is kept beside what it says, since its hash and signature are over the text.
 *
 * <p>Threading: immutable, except that the byte arrays are not copied; nobody may write to them.
 *
 * @param blobs by path, in the order of their paths
 */
public record Bundle(Manifest manifest, String manifestYaml, Map<String, byte[]> blobs) {
    /** The blob that every bundle has: the model itself. */
    public static final String MODEL_BLOB = "model.onnx";

    /** The blob that a model of texts has beside: how it cuts them into tokens. */
    public static final String TOKENIZER_BLOB = "tokenizer.json";

    public Bundle {
        blobs = Collections.unmodifiableMap(new TreeMap<>(blobs));
        for (Map.Entry<String, String> named : manifest.blobs().entrySet()) {
            verify(manifest, named.getKey(), named.getValue(), blobs.get(named.getKey()));
        }
        for (String path : blobs.keySet()) {
            if (!manifest.blobs().containsKey(path)) {
                throw new BundleException(
                        Problem.UNDECLARED_BLOB,
                        "model " + manifest.name() + ": blob '" + path + "' is not named in the manifest, which names "
                                + manifest.blobs().keySet());
            }
        }
    }

    /**
     * Reads the manifest and checks the blobs against it.
     *
     * @throws BundleException if they do not belong together or the manifest cannot be read
     */
    public static Bundle parse(String manifestYaml, Map<String, byte[]> blobs) {
        try {
            return new Bundle(Manifest.parse(manifestYaml), manifestYaml, blobs);
        } catch (ConfigException e) {
            throw new BundleException(Problem.BAD_MANIFEST, String.valueOf(e.getMessage()), e);
        }
    }

    /** Builds a bundle from its parts: the hashes of these blobs go into the manifest, in place of what it named. */
    public static Bundle of(Manifest manifest, Map<String, byte[]> blobs) {
        Map<String, String> hashes = new LinkedHashMap<>();
        blobs.forEach((path, bytes) -> hashes.put(path, Sha256.hex(bytes)));
        Manifest complete = manifest.withBlobs(hashes);
        return new Bundle(complete, complete.yaml(), blobs);
    }

    /** The bytes of {@value #MODEL_BLOB}. */
    public byte[] model() {
        byte[] model = blobs.get(MODEL_BLOB);
        if (model == null) {
            throw new IllegalStateException("a bundle without " + MODEL_BLOB + " cannot be built");
        }
        return model;
    }

    /** SHA-256 of {@value #MODEL_BLOB}: what a score carries as the model's hash. */
    public String modelHash() {
        return manifest.modelHash();
    }

    private static void verify(Manifest manifest, String path, String expected, byte @Nullable [] bytes) {
        if (bytes == null) {
            throw new BundleException(
                    Problem.MISSING_BLOB, "model " + manifest.name() + ": blob '" + path + "' is missing");
        }
        String actual = Sha256.hex(bytes);
        if (!actual.equals(expected)) {
            throw new BundleException(
                    Problem.HASH_MISMATCH,
                    "model " + manifest.name() + ": blob '" + path + "' (" + bytes.length + " bytes) has SHA-256 "
                            + actual + ", but the manifest names " + expected);
        }
    }
}
