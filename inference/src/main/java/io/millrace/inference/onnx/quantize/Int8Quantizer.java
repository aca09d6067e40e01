package io.millrace.inference.onnx.quantize;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.millrace.inference.onnx.proto.OnnxModels;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a text classifier in float32 to one that multiplies in whole numbers: about a quarter of the bytes, and about
 * twice as fast on CPUs that multiply int8 in hardware (AVX-512 VNNI and later).
 *
 * <p>Each product of an activation with constant weights becomes {@code DynamicQuantizeLinear} (once for each activation)
 * → {@code MatMulInteger} → {@code Cast} → {@code Mul}, with weights rounded per column; the bias stays as it was. The
 * word embeddings are rounded per row. The head stays in float32: it has few numbers, and they are those that labels tune,
 * so that two versions that differ in their heads have int8 forms that differ only there, too.
 *
 * <p>Activations are rounded by the range that they have in the batch at hand, so a text's probabilities depend a little
 * on the texts beside it. See <a href="https://onnx.ai/onnx/operators/onnx__DynamicQuantizeLinear.html">the operator's
 * definition</a>.
 *
 * <p>Threading: stateless. The same model gives the same bytes.
 */
public final class Int8Quantizer {
    /** What the names of a head's weights begin with. */
    private static final String HEAD = "head.";

    private static final String WORDS = "input_ids";
    /** Narrower results, such as those of a classifier, gain nothing and lose precision where it counts. */
    private static final int FEWEST_COLUMNS = 8;
    /** The first operator set with all that is needed. */
    private static final long OPERATOR_SET = 11;

    private Int8Quantizer() {}

    /**
     * The model's int8 form.
     *
     * @throws NotQuantizableException if there is none: it is no ONNX file, too old, broken, or has no products that
     *     could be quantised
     */
    public static byte[] quantize(byte[] fp32Model) throws NotQuantizableException {
        ModelProto model = parse(fp32Model);
        requireOperators(model);
        Int8Graph graph = new Int8Graph(model.getGraph());
        int products = 0;
        for (NodeProto node : model.getGraph().getNodeList()) {
            DenseProduct product = DenseProduct.of(node, graph.initializers());
            TensorProto table = wordTable(node, graph);
            if (product != null && isWorthwhile(product)) {
                graph.multiply(product);
                products++;
            } else if (table != null) {
                graph.lookUp(table, WORDS, node.getOutput(0));
            } else {
                graph.keep(node);
            }
        }
        if (products == 0) {
            throw new NotQuantizableException("no node of the graph multiplies by constant float32 weights of "
                    + FEWEST_COLUMNS + " columns or more outside its head: serve this model in float32");
        }
        return model.toBuilder().setGraph(graph.toGraph()).build().toByteArray();
    }

    private static boolean isWorthwhile(DenseProduct product) {
        return product.width() >= FEWEST_COLUMNS && !product.weights().getName().startsWith(HEAD);
    }

    /** The table that a node looks words up in; null if it does something else. */
    private static @Nullable TensorProto wordTable(NodeProto node, Int8Graph graph) {
        if (!node.getOpType().equals("Gather") || !node.getInput(1).equals(WORDS)) {
            return null;
        }
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.getName().equals("axis") && attribute.getI() != 0) {
                return null;
            }
        }
        TensorProto table = graph.initializers().get(node.getInput(0));
        return table != null && DenseProduct.isFloatMatrix(table) ? table : null;
    }

    private static void requireOperators(ModelProto model) throws NotQuantizableException {
        for (OperatorSetIdProto set : model.getOpsetImportList()) {
            if (set.getDomain().isEmpty() && set.getVersion() < OPERATOR_SET) {
                throw new NotQuantizableException("the graph was written for operator set " + set.getVersion()
                        + ", and int8 needs " + OPERATOR_SET + " or later: export the model again");
            }
        }
    }

    private static ModelProto parse(byte[] model) throws NotQuantizableException {
        try {
            return OnnxModels.parse(model);
        } catch (IOException unreadable) {
            throw new NotQuantizableException(
                    "its " + model.length + " bytes are not an ONNX model: " + unreadable.getMessage(), unreadable);
        }
    }
}
