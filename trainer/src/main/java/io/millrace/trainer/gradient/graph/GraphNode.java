package io.millrace.trainer.gradient.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.millrace.trainer.learn.LearningException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One step of a graph.
 *
 * <p>Threading: immutable.
 *
 * @param domain empty for ONNX's own operators
 * @param inputs names of values; an empty name stands for an input that is left out
 * @param outputs names of values; an empty name stands for an output that nobody wants
 */
public record GraphNode(
        String name,
        String domain,
        String operator,
        List<String> inputs,
        List<String> outputs,
        Map<String, AttributeProto> attributes) {

    public GraphNode {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = Map.copyOf(attributes);
    }

    static GraphNode of(NodeProto proto) {
        Map<String, AttributeProto> attributes = new LinkedHashMap<>();
        proto.getAttributeList().forEach(attribute -> attributes.put(attribute.getName(), attribute));
        String domain = proto.getDomain().equals("ai.onnx") ? "" : proto.getDomain();
        return new GraphNode(
                proto.getName(), domain, proto.getOpType(), proto.getInputList(), proto.getOutputList(), attributes);
    }

    /** The same step as another operator. */
    GraphNode as(String newOperator, List<String> newInputs, Map<String, AttributeProto> newAttributes) {
        return new GraphNode(name, "", newOperator, newInputs, outputs, newAttributes);
    }

    /** The name of its first output. */
    public String output() {
        return outputs.get(0);
    }

    /** How many outputs somebody may want. */
    public int namedOutputs() {
        return Math.toIntExact(
                outputs.stream().filter(output -> !output.isEmpty()).count());
    }

    /** What to call it in a message. */
    public String describe() {
        String shown = name.isEmpty() ? output() : name;
        return "node '" + shown + "' (" + (domain.isEmpty() ? "" : domain + ".") + operator + ")";
    }

    /** A refusal of this node. */
    public LearningException unsupported(String why) {
        return new LearningException(describe() + " " + why + ": the gradient learner cannot tune this graph");
    }
}
