package io.millrace.trainer.gradient.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.millrace.inference.onnx.proto.OnnxModels;
import io.millrace.trainer.learn.LearningException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A model as nodes and tensors: only what one output needs, with layer norms and GELUs that were written out in small
 * steps put together again, which saves time and memory.
 *
 * <p>Threading: immutable. Lifecycle: tensors lie in the model's bytes, which must not be written to.
 */
public final class OnnxGraph {
    private final ModelProto model;
    private final String output;
    private final List<GraphNode> nodes;
    private final Map<String, TensorProto> initializers = new LinkedHashMap<>();
    private final Map<String, TensorProto> constants = new LinkedHashMap<>();
    private final List<String> inputs = new ArrayList<>();

    private OnnxGraph(ModelProto model, String output) throws LearningException {
        this.model = model;
        this.output = output;
        GraphProto graph = model.getGraph();
        graph.getInitializerList().forEach(tensor -> initializers.put(tensor.getName(), tensor));
        List<GraphNode> written = new ArrayList<>();
        for (NodeProto proto : graph.getNodeList()) {
            if (proto.getOpType().equals("Constant") && proto.getDomain().isEmpty()) {
                constants.put(proto.getOutput(0), constantOf(proto));
            } else {
                written.add(GraphNode.of(proto));
            }
        }
        for (ValueInfoProto input : graph.getInputList()) {
            // Old exporters list weights among the inputs.
            if (!initializers.containsKey(input.getName())) {
                inputs.add(input.getName());
            }
        }
        requireOutput(written);
        nodes = needed(new Fusion(needed(written, List.of(output)), this::tensor).fused(), List.of(output));
    }

    /**
     * Reads a model.
     *
     * @param output the value that is wanted of it
     */
    public static OnnxGraph parse(byte[] model, String output) throws LearningException {
        try {
            return new OnnxGraph(OnnxModels.parse(model), output);
        } catch (IOException unreadable) {
            throw new LearningException(
                    "the champion's " + model.length + " bytes are not an ONNX model: " + unreadable.getMessage(),
                    unreadable);
        }
    }

    /** Nodes in an order in which each one's inputs are there before it. */
    public List<GraphNode> nodes() {
        return nodes;
    }

    public String output() {
        return output;
    }

    /** Values that must be given. */
    public List<String> inputs() {
        return Collections.unmodifiableList(inputs);
    }

    /** Named tensors of the file: the weights, among others. */
    public Map<String, TensorProto> initializers() {
        return Collections.unmodifiableMap(initializers);
    }

    /** Tensors that stand in the graph itself, which are never tuned. */
    public Map<String, TensorProto> constants() {
        return Collections.unmodifiableMap(constants);
    }

    /** Version of ONNX's own operators that the graph was written for. */
    public long operatorSet() {
        long version = 1;
        for (OperatorSetIdProto set : model.getOpsetImportList()) {
            if (set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx")) {
                version = set.getVersion();
            }
        }
        return version;
    }

    /** The model's bytes with other weights; all else is as it was. */
    public byte[] withWeights(Map<String, float[]> weights) {
        GraphProto.Builder graph = model.getGraph().toBuilder();
        Set<String> missing = new TreeSet<>(weights.keySet());
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            TensorProto tensor = graph.getInitializer(i);
            float[] elements = weights.get(tensor.getName());
            if (elements != null) {
                graph.setInitializer(i, Tensors.with(tensor, elements));
                missing.remove(tensor.getName());
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("the model has no initializers " + missing);
        }
        return model.toBuilder().setGraph(graph).build().toByteArray();
    }

    /** Those nodes that some values need, in order. */
    public static List<GraphNode> needed(List<GraphNode> nodes, Collection<String> values) {
        Set<String> wanted = new TreeSet<>(values);
        List<GraphNode> kept = new ArrayList<>();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            GraphNode node = nodes.get(i);
            if (node.outputs().stream().anyMatch(name -> !name.isEmpty() && wanted.contains(name))) {
                kept.add(node);
                wanted.addAll(node.inputs());
            }
        }
        Collections.reverse(kept);
        return List.copyOf(kept);
    }

    private @Nullable TensorProto tensor(String name) {
        TensorProto constant = constants.get(name);
        return constant != null ? constant : initializers.get(name);
    }

    private void requireOutput(List<GraphNode> written) throws LearningException {
        if (written.stream().noneMatch(node -> node.outputs().contains(output))) {
            throw new LearningException(
                    "the model's graph computes no '" + output + "', which the manifest names as its output");
        }
    }

    private static TensorProto constantOf(NodeProto node) throws LearningException {
        for (AttributeProto attribute : node.getAttributeList()) {
            TensorProto constant = constantOf(attribute);
            if (constant != null) {
                return constant;
            }
        }
        throw GraphNode.of(node).unsupported("holds neither numbers nor a tensor of them");
    }

    private static @Nullable TensorProto constantOf(AttributeProto attribute) {
        TensorProto.Builder floats = TensorProto.newBuilder().setDataType(DataType.FLOAT.getNumber());
        TensorProto.Builder integers = TensorProto.newBuilder().setDataType(DataType.INT64.getNumber());
        return switch (attribute.getName()) {
            case "value" -> attribute.getT();
            case "value_float" -> floats.addFloatData(attribute.getF()).build();
            case "value_floats" ->
                floats.addDims(attribute.getFloatsCount())
                        .addAllFloatData(attribute.getFloatsList())
                        .build();
            case "value_int" -> integers.addInt64Data(attribute.getI()).build();
            case "value_ints" ->
                integers.addDims(attribute.getIntsCount())
                        .addAllInt64Data(attribute.getIntsList())
                        .build();
            default -> null;
        };
    }
}
