package io.millrace.inference.onnx.proto;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;

/**
 * Writes an ONNX model node by node. The same calls give the same bytes.
 *
 * <p>Nodes must be added in an order in which each one's inputs are there before it, as the format asks.
 *
 * <p>Threading: confined to one thread.
 */
public final class GraphBuilder {
    /** Domain of trees and other classical models; the empty domain is that of tensors and networks. */
    public static final String ML_DOMAIN = "ai.onnx.ml";

    private static final long IR_VERSION = 8;
    private static final long OPERATOR_SET = 17;
    private static final long ML_OPERATOR_SET = 3;

    private final GraphProto.Builder graph;

    public GraphBuilder(String name) {
        graph = GraphProto.newBuilder().setName(name);
    }

    /**
     * Declares an input.
     *
     * @param elementType one of {@link OnnxTypes}
     * @param shape lengths of the dimensions, -1 for one that is known only when the graph runs
     */
    public GraphBuilder input(String name, int elementType, long... shape) {
        graph.addInput(tensorInfo(name, elementType, shape));
        return this;
    }

    /** Declares an output; parameters as for {@link #input}. */
    public GraphBuilder output(String name, int elementType, long... shape) {
        graph.addOutput(tensorInfo(name, elementType, shape));
        return this;
    }

    /** Adds weights. */
    public GraphBuilder weights(String name, float[] values, long... shape) {
        return initializer(OnnxTensors.floats(name, values, shape));
    }

    /** Adds numbers that are part of the graph itself and no weights: fine-tuning leaves them alone. */
    public GraphBuilder constant(String name, float[] values, long... shape) {
        return node(
                "Constant",
                List.of(),
                List.of(name),
                OnnxAttributes.tensor("value", OnnxTensors.floats("", values, shape)));
    }

    /** Adds a whole number, to pick or to cut by. */
    public GraphBuilder integer(String name, long value) {
        return initializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(OnnxTypes.INT64)
                .addInt64Data(value)
                .build());
    }

    /** Adds a tensor as it stands. */
    public GraphBuilder initializer(TensorProto tensor) {
        graph.addInitializer(tensor);
        return this;
    }

    /** Adds a node of the tensor domain. */
    public GraphBuilder node(String operator, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
        return node("", operator, inputs, outputs, List.of(attributes));
    }

    /** Adds a node of a domain. */
    public GraphBuilder node(
            String domain,
            String operator,
            List<String> inputs,
            List<String> outputs,
            List<AttributeProto> attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setName(operator + "_" + graph.getNodeCount())
                .setDomain(domain)
                .setOpType(operator)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(attributes));
        return this;
    }

    /** The graph so far as a model. */
    public ModelProto toModel() {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("millrace")
                .addOpsetImport(operatorSet("", OPERATOR_SET))
                .addOpsetImport(operatorSet(ML_DOMAIN, ML_OPERATOR_SET))
                .setGraph(graph)
                .build();
    }

    private static OperatorSetIdProto operatorSet(String domain, long version) {
        return OperatorSetIdProto.newBuilder()
                .setDomain(domain)
                .setVersion(version)
                .build();
    }

    private static ValueInfoProto tensorInfo(String name, int elementType, long[] shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (int i = 0; i < shape.length; i++) {
            TensorShapeProto.Dimension.Builder dimension = dimensions.addDimBuilder();
            if (shape[i] < 0) {
                // Unknown lengths of the same name are equal; only the first dimension, the rows, is meant so.
                dimension.setDimParam(i == 0 ? "rows" : name + "_" + i);
            } else {
                dimension.setDimValue(shape[i]);
            }
        }
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(elementType)
                .setShape(dimensions)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
