package io.millrace.inference.onnx.quantize;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.millrace.inference.onnx.proto.OnnxAttributes;
import io.millrace.inference.onnx.proto.OnnxTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A graph on its way from float32 to int8. Nodes and tensors that are replaced are replaced in their places, and new
 * names begin with the name of what they come from: what is equal in two float32 graphs is equal in their int8 forms.
 *
 * <p>Threading: confined to one thread.
 */
final class Int8Graph {
    private final GraphProto from;
    private final Map<String, TensorProto> initializers = new HashMap<>();
    private final List<NodeProto> nodes = new ArrayList<>();
    /** By the name of the float32 weights, then by the name that both tensors of a matrix begin with. */
    private final Map<String, Map<String, Int8Matrix>> matrices = new HashMap<>();

    private final Set<String> roundedInputs = new HashSet<>();

    Int8Graph(GraphProto from) {
        this.from = from;
        from.getInitializerList().forEach(tensor -> initializers.put(tensor.getName(), tensor));
    }

    Map<String, TensorProto> initializers() {
        return initializers;
    }

    /** Takes a node over as it is. */
    void keep(NodeProto node) {
        nodes.add(node);
    }

    /**
     * Adds a product in whole numbers. In the order of its nodes ONNX Runtime knows the pattern, and runs it as one
     * operator with the bias that follows.
     */
    void multiply(DenseProduct product) throws NotQuantizableException {
        String input = product.input();
        String output = product.output();
        String sum = product.bias() == null ? output : output + ".product";
        String name = product.weights().getName() + (product.transposed() ? ".transposed" : "");
        Int8Matrix matrix = matrix(product.weights(), name);
        if (matrix == null) {
            matrix = Int8Matrix.perColumn(name, product.weights(), product.transposed());
            replace(product.weights(), name, matrix);
        }
        // Not the names that the input has as the result of another product.
        String rounded = input + ".rounded";
        if (roundedInputs.add(input)) {
            add("DynamicQuantizeLinear", List.of(input), List.of(rounded, rounded + ".scale", rounded + ".zero"));
        }
        add(
                "MatMulInteger",
                List.of(rounded, matrix.values().getName(), rounded + ".zero"),
                List.of(output + ".int32"));
        cast(output + ".int32", output + ".float");
        add("Mul", List.of(rounded + ".scale", matrix.scales().getName()), List.of(output + ".scale"));
        add("Mul", List.of(output + ".float", output + ".scale"), List.of(sum));
        if (product.bias() != null) {
            add("Add", List.of(sum, product.bias()), List.of(output));
        }
    }

    /** Adds a look-up of rows that lie in whole numbers. */
    void lookUp(TensorProto table, String rows, String output) throws NotQuantizableException {
        String name = table.getName() + ".rows";
        Int8Matrix matrix = matrix(table, name);
        if (matrix == null) {
            matrix = Int8Matrix.perRow(name, table);
            replace(table, name, matrix);
        }
        AttributeProto axis = OnnxAttributes.integer("axis", 0);
        add("Gather", List.of(matrix.values().getName(), rows), List.of(output + ".int8"), axis);
        cast(output + ".int8", output + ".float");
        add("Gather", List.of(matrix.scales().getName(), rows), List.of(output + ".scale"), axis);
        add("Mul", List.of(output + ".float", output + ".scale"), List.of(output));
    }

    /** The graph with all that was added; float32 weights that nobody asks for any more are left out. */
    GraphProto toGraph() {
        Set<String> read = new HashSet<>();
        nodes.forEach(node -> addRead(node, read));
        from.getOutputList().forEach(output -> read.add(output.getName()));
        GraphProto.Builder graph = from.toBuilder()
                .clearNode()
                .addAllNode(nodes)
                .clearInitializer()
                .clearInput();
        for (TensorProto tensor : from.getInitializerList()) {
            Map<String, Int8Matrix> forms = matrices.getOrDefault(tensor.getName(), Map.of());
            if (forms.isEmpty() || read.contains(tensor.getName())) {
                graph.addInitializer(tensor);
            }
            forms.values().forEach(form -> graph.addInitializer(form.values()).addInitializer(form.scales()));
        }
        for (ValueInfoProto input : from.getInputList()) {
            // Old exporters list weights among the inputs.
            if (!matrices.containsKey(input.getName()) || read.contains(input.getName())) {
                graph.addInput(input);
            }
        }
        return graph.build();
    }

    private @Nullable Int8Matrix matrix(TensorProto weights, String name) {
        return matrices.getOrDefault(weights.getName(), Map.of()).get(name);
    }

    private void replace(TensorProto weights, String name, Int8Matrix matrix) {
        matrices.computeIfAbsent(weights.getName(), unused -> new LinkedHashMap<>())
                .put(name, matrix);
    }

    private void cast(String input, String output) {
        add("Cast", List.of(input), List.of(output), OnnxAttributes.integer("to", OnnxTypes.FLOAT));
    }

    private void add(String operator, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
        nodes.add(NodeProto.newBuilder()
                .setName(outputs.get(0) + "/" + operator)
                .setOpType(operator)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes))
                .build());
    }

    private static void addRead(NodeProto node, Set<String> read) {
        read.addAll(node.getInputList());
        for (AttributeProto attribute : node.getAttributeList()) {
            attribute.getG().getNodeList().forEach(inner -> addRead(inner, read));
            attribute.getGraphsList().forEach(graph -> graph.getNodeList().forEach(inner -> addRead(inner, read)));
        }
    }
}
