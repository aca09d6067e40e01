package io.millrace.inference.published;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FieldFeature;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxTypes;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.avro.BlobRef;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.registry.BlobDelta;
import io.millrace.schemas.registry.FolderBlobStore;
import io.millrace.schemas.registry.RegistryView;
import io.millrace.schemas.registry.VersionDraft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A model log in a folder, for networks of eight layers, and such networks that differ in a layer or two. */
final class DeltaLog {
    private static final int LAYERS = 8;
    private static final int WIDTH = 100;

    private final Path folder;
    private final FolderBlobStore store;
    private final NavigableMap<Integer, ModelVersion> versions = new TreeMap<>();

    DeltaLog(Path folder) {
        this.folder = folder;
        this.store = new FolderBlobStore(folder);
    }

    PublishedBundles bundles() {
        return new PublishedBundles(store);
    }

    VersionDrafts drafts() {
        return new VersionDrafts(store);
    }

    RegistryView view() {
        return new RegistryView(Map.of("network", versions), Map.of(), Map.of());
    }

    ModelVersion publish(VersionDraft draft) {
        List<BlobRef> refs = new ArrayList<>();
        draft.blobs()
                .forEach((path, file) -> refs.add(ref(path, file, draft.deltas().get(path))));
        ModelVersion version = new ModelVersion(
                draft.name(),
                versions.size() + 1,
                draft.manifestYaml(),
                Sha256.hex(draft.manifestYaml().getBytes(StandardCharsets.UTF_8)),
                refs,
                Instant.EPOCH,
                "test",
                null);
        versions.put(version.getVersion(), version);
        return version;
    }

    void lose(String sha256) {
        try {
            Files.delete(folder.resolve(sha256));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BlobRef ref(String path, byte[] file, @Nullable BlobDelta delta) {
        byte[] sent = delta == null ? file : delta.bytes();
        String deltaOf = delta == null ? null : delta.baseSha256();
        Long wholeSize = delta == null ? null : (long) file.length;
        return new BlobRef(path, store.write(sent), (long) sent.length, 1, -1L, deltaOf, wholeSize);
    }

    /** A network; layers of the same place and seed are the same. */
    static Bundle bundle(@Nullable Integer parent, long seed, long seedOfLastButOne, long seedOfLast) {
        GraphBuilder graph = new GraphBuilder("network")
                .input("features", OnnxTypes.FLOAT, -1, 1)
                .output("probabilities", OnnxTypes.FLOAT, -1, 2);
        String last = "features";
        for (int layer = 0; layer < LAYERS; layer++) {
            int rows = layer == 0 ? 1 : WIDTH;
            int columns = layer == LAYERS - 1 ? 2 : WIDTH;
            long ofLayer = layer == LAYERS - 1 ? seedOfLast : layer == LAYERS - 2 ? seedOfLastButOne : seed;
            graph.weights("w" + layer, weights(rows * columns, ofLayer * LAYERS + layer), rows, columns);
            graph.node("MatMul", List.of(last, "w" + layer), List.of("x" + layer));
            last = "x" + layer;
        }
        byte[] model = graph.node("Softmax", List.of(last), List.of("probabilities"))
                .toModel()
                .toByteArray();
        return Bundle.of(
                new ManifestBuilder("network", Task.BINARY_CLASSIFICATION, List.of("NO", "YES"))
                        .featureSet(new FeatureSet("one", "UTC", List.of(new FieldFeature("A", "a"))))
                        .parent(parent)
                        .build(),
                Map.of(Bundle.MODEL_BLOB, model));
    }

    private static float[] weights(int count, long seed) {
        Random random = new Random(seed);
        float[] weights = new float[count];
        for (int place = 0; place < count; place++) {
            weights[place] = (float) random.nextGaussian() / 10;
        }
        return weights;
    }
}
