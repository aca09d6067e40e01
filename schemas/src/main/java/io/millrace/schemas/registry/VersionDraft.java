package io.millrace.schemas.registry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a publisher hands in.
 *
 * @param name of the model
 * @param manifestYaml the manifest as it lies in a bundle's folder, byte for byte
 * @param blobs the files by their path in the bundle, in order; the arrays are not copied
 * @param deltas what may be sent instead of some of these files, by path
 */
public record VersionDraft(String name, String manifestYaml, Map<String, byte[]> blobs, Map<String, BlobDelta> deltas) {

    /** Names become part of keys and of the transactional id, where '@' and '/' have a meaning. */
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

    public VersionDraft {
        requireName(name);
        if (manifestYaml.isBlank()) {
            throw new IllegalArgumentException("the manifest of model '" + name + "' is empty");
        }
        if (blobs.isEmpty()) {
            throw new IllegalArgumentException(
                    "model '" + name + "' has no files: a version needs at least its model file");
        }
        blobs = Collections.unmodifiableMap(new LinkedHashMap<>(blobs));
        deltas = Map.copyOf(deltas);
        if (!blobs.keySet().containsAll(deltas.keySet())) {
            throw new IllegalArgumentException("model '" + name + "' has deltas of " + deltas.keySet()
                    + ", but its files are only " + blobs.keySet());
        }
    }

    /** A draft whose files are all sent whole. */
    public VersionDraft(String name, String manifestYaml, Map<String, byte[]> blobs) {
        this(name, manifestYaml, blobs, Map.of());
    }

    static String requireName(String name) {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException(
                    "model name '" + name + "' must begin with a letter or a digit and have at"
                            + " most 100 of the characters A-Z, a-z, 0-9, '.', '_' and '-'");
        }
        return name;
    }
}
