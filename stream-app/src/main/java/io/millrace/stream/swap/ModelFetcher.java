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
    private final boolean texts;

    /**
     * Makes a fetcher that reads blobs from a store and loads them with a loader.
     *
     * @param texts whether the pipeline has texts for its model, or rows of features
     */
    public ModelFetcher(BlobStore blobs, ModelLoader loader, boolean texts) {
        this.texts = texts;
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

    private void checkFits(ModelRef ref, Manifest manifest, Optional<ServedModel> served) throws ModelRefusedException {
        FeatureSet features = manifest.featureSet();
        if (texts != (features == null)) {
            throw new ModelRefusedException(
                    RefusalKind.FEATURE_SET_MISMATCH,
                    ref,
                    texts
                            ? "reads rows of features, but this pipeline has texts: leave input.text out of its "
                                    + "configuration, or name a model of texts"
                            : "reads texts, but this pipeline has none: name the field with the text in input.text");
        }
        if (served.isEmpty()) {
            return;
        }
        ServedModel serves = served.get();
        String hash = features == null ? "" : features.hash();
        if (!serves.featureSetHash().equals(hash)) {
            throw new ModelRefusedException(
                    RefusalKind.FEATURE_SET_MISMATCH,
                    ref,
                    "needs feature set " + hash + ", the pipeline's state is built for "
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
