package io.millrace.trainer.gradient.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.millrace.trainer.learn.LearningException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A node's attributes while it is read: what nobody asked for is refused at the end, since it would be ignored.
 *
 * <p>Threading: confined to one thread.
 */
public final class Attributes {
    private final GraphNode node;
    private final Map<String, AttributeProto> attributes;
    private final Set<String> asked = new HashSet<>();

    public Attributes(GraphNode node) {
        this.node = node;
        this.attributes = node.attributes();
    }

    public GraphNode node() {
        return node;
    }

    public long integer(String name, long otherwise) {
        AttributeProto attribute = ask(name);
        return attribute == null ? otherwise : attribute.getI();
    }

    public float number(String name, float otherwise) {
        AttributeProto attribute = ask(name);
        return attribute == null ? otherwise : attribute.getF();
    }

    public String text(String name, String otherwise) {
        AttributeProto attribute = ask(name);
        return attribute == null ? otherwise : attribute.getS().toStringUtf8();
    }

    public long @Nullable [] integers(String name) {
        AttributeProto attribute = ask(name);
        return attribute == null
                ? null
                : attribute.getIntsList().stream().mapToLong(Long::longValue).toArray();
    }

    public @Nullable TensorProto tensor(String name) {
        AttributeProto attribute = ask(name);
        return attribute == null ? null : attribute.getT();
    }

    /** Takes note of an attribute that makes no difference here. */
    public Attributes ignore(String name) {
        asked.add(name);
        return this;
    }

    /** Refuses any value of an integer attribute but this one. */
    public Attributes requireInteger(String name, long only, long otherwise) throws LearningException {
        long value = integer(name, otherwise);
        if (value != only) {
            throw node.unsupported("has " + name + " " + value + ", only " + only + " is supported");
        }
        return this;
    }

    /** Refuses attributes that nobody asked for. */
    public void requireAllAsked() throws LearningException {
        for (String name : attributes.keySet()) {
            if (!asked.contains(name)) {
                throw node.unsupported("has the attribute '" + name + "', which is not supported");
            }
        }
    }

    private @Nullable AttributeProto ask(String name) {
        asked.add(name);
        return attributes.get(name);
    }
}
