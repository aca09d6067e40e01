package io.millrace.inference.onnx.quantize;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node that multiplies an activation by a constant matrix, and perhaps adds a bias.
 *
 * <p>Threading: immutable.
 *
 * @param input the activation
 * @param weights the matrix
 * @param transposed whether the matrix is to be turned before
 * @param bias what is added; null for nothing
 * @param output the node's result
 */
record DenseProduct(
        String input,
        TensorProto weights,
        boolean transposed,
        @Nullable String bias,
        String output) {
    private static final int MATRIX = 2;

    /** The node as a product; null if it is none of a form that can be computed in whole numbers. */
    static @Nullable DenseProduct of(NodeProto node, Map<String, TensorProto> constants) {
        boolean product = node.getOpType().equals("MatMul");
        boolean gemm = node.getOpType().equals("Gemm") && isPlain(node);
        if (!node.getDomain().isEmpty() || !(product || gemm)) {
            return null;
        }
        TensorProto weights = constants.get(node.getInput(1));
        if (weights == null || !isFloatMatrix(weights) || constants.containsKey(node.getInput(0))) {
            return null;
        }
        String bias = gemm && node.getInputCount() > 2 && !node.getInput(2).isEmpty() ? node.getInput(2) : null;
        return new DenseProduct(
                node.getInput(0), weights, gemm && number(node, "transB", 0) != 0, bias, node.getOutput(0));
    }

    /** Numbers per row of the result. */
    long width() {
        return weights.getDims(transposed ? 0 : 1);
    }

    static boolean isFloatMatrix(TensorProto tensor) {
        return tensor.getDimsCount() == MATRIX
                && tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber()
                && tensor.getExternalDataCount() == 0;
    }

    /** Whether a Gemm turns only its weights and has no factors. */
    private static boolean isPlain(NodeProto gemm) {
        return number(gemm, "transA", 0) == 0 && number(gemm, "alpha", 1) == 1 && number(gemm, "beta", 1) == 1;
    }

    private static double number(NodeProto node, String name, double otherwise) {
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.getName().equals(name)) {
                return attribute.getType() == AttributeProto.AttributeType.FLOAT
                        ? attribute.getF()
                        : (double) attribute.getI();
            }
        }
        return otherwise;
    }
}
