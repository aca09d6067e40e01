package io.millrace.inference.bundle.assembly;

import io.millrace.inference.bundle.BundleException;
import io.millrace.inference.bundle.BundleException.Problem;
import io.millrace.inference.config.ConfigException;
import io.millrace.inference.onnx.delta.BrokenDeltaException;
import io.millrace.inference.onnx.delta.TensorDelta;
import io.millrace.inference.onnx.delta.WeightDelta;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tuned encoder without what its base has: exact differences of nodes and small tensors, and coded ones of the
 * matrices. The model that it stands for is the one put together from it, which is near the one that was tuned, and the
 * same bytes everywhere.
 *
 * <p>Threading: immutable; the arrays are not copied.
 *
 * @param graph an ONNX file as {@link TensorDelta} writes it
 * @param weights coded differences as {@link WeightDelta} writes them
 */
@SuppressWarnings("ArrayRecordComponent") // file contents, never compared
public record SmallForm(Assembly assembly, byte[] graph, byte[] weights) {
    /** The file in a bundle's folder that says how it is put together. */
    public static final String ASSEMBLY_FILE = "assembly.yaml";

    private static final String GRAPH_FILE = "graph.delta.onnx";
    private static final String WEIGHTS_FILE = "weights.delta";

    /**
     * The small form of a tuned model.
     *
     * @param artifact Maven coordinates of the base's artifact
     * @param bits for each number of a matrix, from 2 to 8
     * @throws BundleException if the artifact lacks a file
     */
    public static SmallForm of(
            String artifact, String model, String tokenizer, BaseFiles files, byte[] tuned, int bits) {
        byte[] base = require(files, model, artifact);
        BaseFile tokens = BaseFile.of(tokenizer, require(files, tokenizer, artifact));
        Assembly assembly = new Assembly(artifact, BaseFile.of(model, base), tokens, GRAPH_FILE, WEIGHTS_FILE);
        byte[] graph = TensorDelta.between(base, WeightDelta.withMatricesOf(base, tuned))
                .orElseThrow(() -> new IllegalArgumentException(
                        "the tuned model's file is not written in the order of its base's: export it from the base"));
        return new SmallForm(assembly, graph, WeightDelta.between(base, tuned, bits));
    }

    /**
     * Reads what lies in a folder; null if there is no {@value #ASSEMBLY_FILE}.
     *
     * @throws BundleException if it cannot be read, or names a file that is missing
     */
    public static @Nullable SmallForm read(Path folder) throws IOException {
        Path file = folder.resolve(ASSEMBLY_FILE);
        if (!Files.exists(file)) {
            return null;
        }
        try {
            Assembly assembly = Assembly.parse(Files.readString(file), file.toString());
            return new SmallForm(
                    assembly,
                    Files.readAllBytes(folder.resolve(assembly.graph())),
                    Files.readAllBytes(folder.resolve(assembly.weights())));
        } catch (ConfigException e) {
            throw new BundleException(Problem.BAD_MANIFEST, String.valueOf(e.getMessage()), e);
        } catch (NoSuchFileException e) {
            throw new BundleException(
                    Problem.MISSING_BLOB, file + " names " + e.getMessage() + ", but there is no such file", e);
        }
    }

    /** What lies in the folder, by name. */
    public Map<String, byte[]> files() {
        return Map.of(
                ASSEMBLY_FILE,
                assembly.yaml().getBytes(StandardCharsets.UTF_8),
                assembly.graph(),
                graph,
                assembly.weights(),
                weights);
    }

    /**
     * The model that it stands for.
     *
     * @throws BundleException if the base is missing or another one, or the differences do not fit it
     */
    public byte[] model(BaseFiles files) {
        byte[] base = assembly.model().read(files, assembly.artifact());
        try {
            return WeightDelta.apply(TensorDelta.apply(base, graph), weights);
        } catch (BrokenDeltaException e) {
            throw new BundleException(
                    Problem.BROKEN_DELTA,
                    "the differences to '" + assembly.model().resource() + "' cannot be applied: " + e.getMessage()
                            + ": get the bundle's folder again",
                    e);
        }
    }

    /**
     * The base's tokenizer.
     *
     * @throws BundleException if it is missing or another one
     */
    public byte[] tokenizer(BaseFiles files) {
        return assembly.tokenizer().read(files, assembly.artifact());
    }

    private static byte[] require(BaseFiles files, String name, String artifact) {
        byte[] bytes = files.find(name);
        if (bytes == null) {
            throw new BundleException(
                    Problem.MISSING_BLOB,
                    "there is no '" + name + "' on the class path, which the artifact " + artifact
                            + " has: add its jar there");
        }
        return bytes;
    }
}
