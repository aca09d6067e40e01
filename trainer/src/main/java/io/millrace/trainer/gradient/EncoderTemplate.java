package io.millrace.trainer.gradient;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxAttributes;
import io.millrace.inference.onnx.proto.OnnxTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * A text encoder of BERT's kind that has learned nothing, written as exporters write them, layer norms and GELUs in
 * small steps: for measurements and tests that must not need a file of a hundred megabytes. A pre-trained encoder of
 * the same sizes takes the same memory and time.
 *
 * <p>Threading: immutable. The same sizes and seed give the same bytes.
 *
 * @param layers blocks of attention and dense layers
 * @param width numbers per token
 * @param heads of the attention; they share the width
 * @param inner width of the dense layer inside a block
 * @param vocabulary how many tokens it knows
 * @param positions tokens of the longest text
 * @param seed of the weights
 */
public record EncoderTemplate(int layers, int width, int heads, int inner, int vocabulary, int positions, long seed) {
    /** The encoder's output, [texts, tokens, width]. */
    public static final String OUTPUT = "last_hidden_state";

    private static final double DEVIATION = 0.02;
    private static final float MASKED = -10_000;

    public EncoderTemplate {
        if (layers < 1 || heads < 1 || width % heads != 0) {
            throw new IllegalArgumentException("an encoder needs a layer, and a width that its heads can share, has "
                    + layers + " layers and " + heads + " heads of " + width);
        }
    }

    /** The sizes of a small published encoder: 12 layers, 33 million weights. */
    public static EncoderTemplate small(long seed) {
        return new EncoderTemplate(12, 384, 12, 1_536, 30_522, 512, seed);
    }

    /** The encoder's ONNX model. */
    public byte[] model() {
        Writer writer = new Writer(new Random(seed));
        String hidden = writer.embeddings();
        for (int layer = 0; layer < layers; layer++) {
            hidden = writer.block("/encoder/layer." + layer + "/", hidden, layer == layers - 1);
        }
        return writer.graph.toModel().toByteArray();
    }

    /** Writes nodes in order; each method answers the name of its result. */
    private final class Writer {
        private final GraphBuilder graph = new GraphBuilder("encoder");
        private final Random random;

        Writer(Random random) {
            this.random = random;
        }

        String embeddings() {
            for (String input : List.of("input_ids", "attention_mask", "token_type_ids")) {
                graph.input(input, OnnxTypes.INT64, -1, -1);
            }
            graph.output(OUTPUT, OnnxTypes.FLOAT, -1, -1, width);
            number("one", 1);
            number("two", 2);
            number("half", 0.5f);
            number("root", (float) Math.sqrt(2));
            number("masked", MASKED);
            number("epsilon", 1e-12f);
            number("scale", (float) Math.sqrt((double) width / heads));
            integers("heads", 0, 0, heads, width / heads);
            integers("joined", 0, 0, width);
            integers("axes", 1, 2);
            integers("axis", 1);
            integers("zero", 0);
            integers("second", 1);
            integers("place", LongStream.range(0, positions).toArray());

            String mask = node("Unsqueeze", "mask", "attention_mask", "axes");
            String open = with("Cast", "open", OnnxAttributes.integer("to", OnnxTypes.FLOAT), mask);
            node("Mul", "bias", node("Sub", "closed", "one", open), "masked");

            String length = node("Gather", "length", node("Shape", "shape", "input_ids"), "second");
            String places = node("Slice", "places", "place", "zero", length, "zero");
            String words = node("Gather", "words", matrix("embeddings.word", vocabulary, width), "input_ids");
            String types = node("Gather", "types", matrix("embeddings.type", 2, width), "token_type_ids");
            String where = node("Gather", "where", matrix("embeddings.position", positions, width), places);
            String sum = node("Add", "known", node("Add", "typed", words, types), where);
            return norm("/embeddings/", "embeddings.LayerNorm", sum, "/embeddings/LayerNorm/Add_1");
        }

        String block(String path, String hidden, boolean last) {
            String name = path.substring(1).replace('/', '.');
            String query = split(path + "query/", dense(path + "query/", name + "query", hidden, width, width));
            String key = split(path + "key/", dense(path + "key/", name + "key", hidden, width, width));
            String value = split(path + "value/", dense(path + "value/", name + "value", hidden, width, width));
            String turned =
                    with("Transpose", path + "turned", OnnxAttributes.integers("perm", List.of(0L, 1L, 3L, 2L)), key);
            String fit = node("Div", path + "fit", node("MatMul", path + "products", query, turned), "scale");
            String share = with(
                    "Softmax",
                    path + "share",
                    OnnxAttributes.integer("axis", -1),
                    node("Add", path + "open", fit, "bias"));
            String heard = with(
                    "Transpose",
                    path + "heard",
                    OnnxAttributes.integers("perm", List.of(0L, 2L, 1L, 3L)),
                    node("MatMul", path + "mixed", share, value));
            String joined = node("Reshape", path + "joined", heard, "joined");
            String said = dense(path + "output/", name + "output", joined, width, width);
            String attended = norm(
                    path + "attention/",
                    name + "attention.LayerNorm",
                    node("Add", path + "attended", said, hidden),
                    path + "attention/LayerNorm/Add_1");
            String inside = gelu(path, dense(path + "inner/", name + "inner", attended, width, inner));
            String outside = dense(path + "outer/", name + "outer", inside, inner, width);
            return norm(
                    path + "outer/",
                    name + "outer.LayerNorm",
                    node("Add", path + "finished", outside, attended),
                    last ? OUTPUT : path + "outer/LayerNorm/Add_1");
        }

        private String split(String path, String hidden) {
            return with(
                    "Transpose",
                    path + "Transpose",
                    OnnxAttributes.integers("perm", List.of(0L, 2L, 1L, 3L)),
                    node("Reshape", path + "Reshape", hidden, "heads"));
        }

        private String dense(String path, String name, String input, int from, int to) {
            String product = node("MatMul", path + "MatMul", input, matrix(name + ".weight", from, to));
            return node("Add", path + "Add", vector(name + ".bias", to, 0), product);
        }

        private String gelu(String path, String x) {
            String erf = node("Erf", path + "Erf", node("Div", path + "Div", x, "root"));
            String product = node("Mul", path + "Mul", x, node("Add", path + "more", erf, "one"));
            return node("Mul", path + "Gelu", product, "half");
        }

        private String norm(String path, String name, String x, String output) {
            AttributeProto last = OnnxAttributes.integers("axes", List.of(-1L));
            String centred = node("Sub", path + "Sub", x, with("ReduceMean", path + "mean", last, x));
            String variance = with("ReduceMean", path + "variance", last, node("Pow", path + "Pow", centred, "two"));
            String deviation = node("Sqrt", path + "Sqrt", node("Add", path + "positive", variance, "epsilon"));
            String scaled = node(
                    "Mul",
                    path + "scaled",
                    node("Div", path + "normal", centred, deviation),
                    vector(name + ".weight", width, 1));
            return node("Add", output, scaled, vector(name + ".bias", width, 0));
        }

        private String node(String operator, String output, String... inputs) {
            graph.node(operator, List.of(inputs), List.of(output));
            return output;
        }

        private String with(String operator, String output, AttributeProto attribute, String... inputs) {
            graph.node(operator, List.of(inputs), List.of(output), attribute);
            return output;
        }

        private String matrix(String name, int rows, int columns) {
            float[] weights = new float[rows * columns];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) (random.nextGaussian() * DEVIATION);
            }
            graph.weights(name, weights, rows, columns);
            return name;
        }

        private String vector(String name, int length, float element) {
            float[] weights = new float[length];
            Arrays.fill(weights, element);
            graph.weights(name, weights, length);
            return name;
        }

        private void number(String name, float value) {
            graph.constant(name, new float[] {value});
        }

        private void integers(String name, long... values) {
            TensorProto.Builder tensor = TensorProto.newBuilder()
                    .setName(name)
                    .setDataType(OnnxTypes.INT64)
                    .addDims(values.length);
            for (long value : values) {
                tensor.addInt64Data(value);
            }
            graph.initializer(tensor.build());
        }
    }
}
