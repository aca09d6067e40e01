package io.millrace.inference.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.millrace.inference.onnx.proto.OnnxModels;
import java.io.IOException;
import java.util.List;

/**
 * What can be said of a model's bytes before any native code reads them.
 *
 * @param highestTreeFeature the highest feature that a tree ensemble splits on, -1 without trees
 */
record GraphInspection(long highestTreeFeature) {
    /** Looks through the graph and the graphs inside its nodes. */
    static GraphInspection of(ModelRef ref, byte[] bytes) throws ModelRefusedException {
        ModelProto model;
        try {
            model = OnnxModels.parse(bytes);
        } catch (IOException e) {
            throw new ModelRefusedException(
                    RefusalKind.NOT_ONNX,
                    ref,
                    "its " + bytes.length + " bytes are not an ONNX model, or only a part of one: " + e.getMessage(),
                    e);
        }
        if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
            throw new ModelRefusedException(
                    RefusalKind.NOT_ONNX, ref, "its " + bytes.length + " bytes hold no graph with a node in it");
        }
        requireSelfContained(ref, model.getGraph());
        for (var function : model.getFunctionsList()) {
            requireSelfContainedNodes(ref, function.getNodeList());
        }
        return new GraphInspection(highestTreeFeature(model.getGraph()));
    }

    private static void requireSelfContained(ModelRef ref, GraphProto graph) throws ModelRefusedException {
        for (TensorProto tensor : graph.getInitializerList()) {
            requireSelfContained(ref, tensor);
        }
        for (SparseTensorProto tensor : graph.getSparseInitializerList()) {
            requireSelfContained(ref, tensor);
        }
        requireSelfContainedNodes(ref, graph.getNodeList());
    }

    private static void requireSelfContainedNodes(ModelRef ref, List<NodeProto> nodes) throws ModelRefusedException {
        for (NodeProto node : nodes) {
            for (AttributeProto attribute : node.getAttributeList()) {
                requireSelfContained(ref, attribute);
            }
        }
    }

    private static void requireSelfContained(ModelRef ref, AttributeProto attribute) throws ModelRefusedException {
        if (attribute.hasT()) {
            requireSelfContained(ref, attribute.getT());
        }
        for (TensorProto tensor : attribute.getTensorsList()) {
            requireSelfContained(ref, tensor);
        }
        if (attribute.hasSparseTensor()) {
            requireSelfContained(ref, attribute.getSparseTensor());
        }
        for (SparseTensorProto tensor : attribute.getSparseTensorsList()) {
            requireSelfContained(ref, tensor);
        }
        if (attribute.hasG()) {
            requireSelfContained(ref, attribute.getG());
        }
        for (GraphProto graph : attribute.getGraphsList()) {
            requireSelfContained(ref, graph);
        }
    }

    private static void requireSelfContained(ModelRef ref, SparseTensorProto tensor) throws ModelRefusedException {
        requireSelfContained(ref, tensor.getValues());
        requireSelfContained(ref, tensor.getIndices());
    }

    private static void requireSelfContained(ModelRef ref, TensorProto tensor) throws ModelRefusedException {
        if (tensor.getExternalDataCount() > 0 || tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            throw new ModelRefusedException(
                    RefusalKind.EXTERNAL_DATA,
                    ref,
                    "tensor '" + tensor.getName()
                            + "' lies in a file outside the model; export it with its weights inside");
        }
    }

    private static long highestTreeFeature(GraphProto graph) {
        long highest = -1;
        for (NodeProto node : graph.getNodeList()) {
            if (node.getOpType().startsWith("TreeEnsemble")) {
                for (AttributeProto attribute : node.getAttributeList()) {
                    highest = Math.max(highest, highestFeature(attribute));
                }
            }
        }
        return highest;
    }

    private static long highestFeature(AttributeProto attribute) {
        return attribute.getName().equals("nodes_featureids")
                ? attribute.getIntsList().stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(-1)
                : -1;
    }
}
