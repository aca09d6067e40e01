package io.millrace.inference.published;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.onnx.delta.TensorDelta;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.avro.BlobRef;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.registry.BlobDelta;
import io.millrace.schemas.registry.BlobStore;
import io.millrace.schemas.registry.BlobUnavailableException;
import io.millrace.schemas.registry.RegistryView;
import io.millrace.schemas.registry.VersionDraft;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes drafts of bundles that send only what differs from an earlier version, where that is much less.
 *
 * <p>A delta is always against a whole file, never against another delta: whoever reads it needs two files, however
 * many versions there were between.
 *
 * <p>Threading: as safe as the store. Lifecycle: the store's owner closes it.
 */
public final class VersionDrafts {
    private static final Logger log = LoggerFactory.getLogger(VersionDrafts.class);

    /** Smaller files are sent whole: a delta would save little, and tie the version to its base. */
    private static final int SMALLEST_BYTES = 128 * 1024;

    /** A reader must fetch the base, too; so a delta has to be this many times smaller. */
    private static final int TIMES_SMALLER = 2;

    private final BlobStore store;

    public VersionDrafts(BlobStore store) {
        this.store = store;
    }

    /**
     * The draft of a bundle.
     *
     * @param view what is published already: the delta is against the file of the bundle's parent, or else of the
     *     champion, or else of the latest version
     */
    public VersionDraft of(Bundle bundle, RegistryView view) {
        String model = bundle.manifest().name();
        Map<String, BlobDelta> deltas = new LinkedHashMap<>();
        ModelVersion earlier = earlier(view, model, bundle.manifest().parent());
        if (earlier != null) {
            bundle.blobs()
                    .forEach((path, file) -> base(view, earlier, path)
                            .flatMap(base -> delta(base, file))
                            .ifPresent(delta -> deltas.put(path, delta)));
        }
        return new VersionDraft(model, bundle.manifestYaml(), bundle.blobs(), deltas);
    }

    private static @Nullable ModelVersion earlier(RegistryView view, String model, @Nullable Integer parent) {
        NavigableMap<Integer, ModelVersion> versions = view.versionsOf(model);
        ModelVersion byName = parent == null ? null : versions.get(parent);
        if (byName != null || versions.isEmpty()) {
            return byName;
        }
        return view.champion(model).orElse(versions.lastEntry().getValue());
    }

    private static Optional<BlobRef> base(RegistryView view, ModelVersion earlier, String path) {
        return earlier.getBlobs().stream()
                .filter(blob -> blob.getPath().equals(path))
                .findFirst()
                .flatMap(blob -> blob.getDeltaOf() == null
                        ? Optional.of(blob)
                        : WholeFiles.find(view, earlier.getName(), blob.getDeltaOf()));
    }

    private Optional<BlobDelta> delta(BlobRef base, byte[] file) {
        boolean same = base.getSize() == file.length && base.getSha256().equals(Sha256.hex(file));
        if (same || file.length < SMALLEST_BYTES) {
            return Optional.empty();
        }
        try {
            return TensorDelta.between(store.read(base), file)
                    .filter(delta -> (long) delta.length * TIMES_SMALLER <= file.length)
                    .map(delta -> new BlobDelta(base.getSha256(), delta));
        } catch (BlobUnavailableException e) {
            log.atWarn()
                    .addKeyValue("blob", base.getPath())
                    .log("sent whole, since there is no base: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
