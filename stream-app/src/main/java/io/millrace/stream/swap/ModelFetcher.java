package io.millrace.stream.swap;

import io.millrace.inference.bundle.BundleException;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.inference.onnx.RefusalKind;
import io.millrace.inference.published.PublishedBundles;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.registry.BlobStore;
import io.millrace.schemas.registry.RegistryView;
import java.util.Optional;

/**
 * Brings a published version into memory, checked: manifest and blobs against their hashes, the feature set against
 * what the pipeline serves, and all that {@link ModelLoader} checks.
 *
 * <p>Threading: confined to the watcher's thread.
 */
public final class ModelFetcher {
    private final PublishedBundles bundles;
    private final ModelLoader loader;

    /** Makes a fetcher that reads blobs from a store and loads them with a loader. */
    public ModelFetcher(BlobStore blobs, ModelLoader loader) {
        this.bundles = new PublishedBundles(blobs);
        this.loader = loader;
    }

    /**
     * The version, loaded and warm.
     *
     * @param view where the files are looked for that the version only differs from
     * @param served what it must fit; empty when the pipeline has served nothing yet
     */
    LoadedModel fetch(ModelVersion version, RegistryView view, Optional<ServedModel> served)
            throws ModelRefusedException {
        ModelRef ref = new ModelRef(version.getName(), version.getVersion());
        try {
            checkFits(ref, PublishedBundles.manifest(version), served);
            return loader.load(ref, bundles.read(version, view));
        } catch (BundleException e) {
            throw ModelRefusedException.of(ref, e);
        }
    }

    private static void checkFits(ModelRef ref, Manifest manifest, Optional<ServedModel> served)
            throws ModelRefusedException {
        FeatureSet features = manifest.featureSet();
        if (features == null) {
            throw new ModelRefusedException(
                    RefusalKind.FEATURE_SET_MISMATCH,
                    ref,
                    "the manifest has no feature set, which this pipeline needs");
        }
        if (served.isEmpty()) {
            return;
        }
        ServedModel serves = served.get();
        if (!serves.featureSetHash().equals(features.hash())) {
            throw new ModelRefusedException(
                    RefusalKind.FEATURE_SET_MISMATCH,
                    ref,
                    "needs feature set " + features.hash() + ", the pipeline's state is built for "
                            + serves.featureSetHash()
                            + ": start a second pipeline (another name) with the new set, let it build its windows "
                            + "from the input's history, then hand over");
        }
        if (!serves.classes().isEmpty() && !serves.classes().equals(manifest.classes())) {
            throw new ModelRefusedException(
                    RefusalKind.WRONG_SIGNATURE,
                    ref,
                    "has the classes " + manifest.classes() + ", the pipeline serves " + serves.classes());
        }
    }
}
