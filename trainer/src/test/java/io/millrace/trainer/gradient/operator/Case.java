package io.millrace.trainer.gradient.operator;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxAttributes;
import io.millrace.inference.onnx.proto.OnnxTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/** A node with its operands, as a model of its own whose output is float32. */
final class Case {
    static final String OUTPUT = "wanted";

    private final String operator;
    private final Random random;
    private final List<String> operands = new ArrayList<>();
    private final List<AttributeProto> attributes = new ArrayList<>();
    private final Map<String, float[]> floats = new LinkedHashMap<>();
    private final Map<String, long[]> shapes = new LinkedHashMap<>();
    private final Set<String> tuned = new LinkedHashSet<>();
    private final List<TensorProto> integers = new ArrayList<>();
    private long operatorSet = 17;
    private int outputs = 1;

    Case(String operator, Random random) {
        this.operator = operator;
        this.random = random;
    }

    String operator() {
        return operator;
    }

    /** Floats whose gradients are looked at; they keep away from zero, where many functions have a corner. */
    Case tuned(long... shape) {
        String name = add(shape, -2, 2);
        float[] elements = Objects.requireNonNull(floats.get(name));
        for (int i = 0; i < elements.length; i++) {
            elements[i] += elements[i] < 0 ? -0.1f : 0.1f;
        }
        tuned.add(name);
        return this;
    }

    /** As {@link #tuned}, but all above zero. */
    Case positive(long... shape) {
        tuned.add(add(shape, 0.5, 2));
        return this;
    }

    /** A float that is no weight. */
    Case number(double value) {
        String name = add(new long[0], 0, 1);
        floats.put(name, new float[] {(float) value});
        return this;
    }

    Case vector(float... values) {
        String name = add(new long[] {values.length}, 0, 1);
        floats.put(name, values);
        return this;
    }

    Case integers(long[] shape, long... values) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName("operand" + operands.size()).setDataType(DataType.INT64.getNumber());
        for (long length : shape) {
            tensor.addDims(length);
        }
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        return add(tensor.build());
    }

    Case integers(long... values) {
        return integers(new long[] {values.length}, values);
    }

    Case truths(long[] shape) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName("operand" + operands.size()).setDataType(DataType.BOOL.getNumber());
        long count = 1;
        for (long length : shape) {
            tensor.addDims(length);
            count *= length;
        }
        for (long i = 0; i < count; i++) {
            tensor.addInt32Data(random.nextInt(2));
        }
        return add(tensor.build());
    }

    Case missing() {
        operands.add("");
        return this;
    }

    Case with(AttributeProto attribute) {
        attributes.add(attribute);
        return this;
    }

    Case operatorSet(long version) {
        operatorSet = version;
        return this;
    }

    /** The case is about the last of so many outputs. */
    Case lastOf(int count) {
        outputs = count;
        return this;
    }

    Set<String> tuned() {
        return tuned;
    }

    byte[] model() {
        GraphBuilder graph = new GraphBuilder("case");
        floats.forEach((name, elements) -> graph.weights(name, elements, shape(name)));
        integers.forEach(graph::initializer);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            names.add("result" + i);
        }
        graph.node("", operator, operands, names, attributes);
        graph.node(
                "Cast",
                List.of(names.get(outputs - 1)),
                List.of(OUTPUT),
                OnnxAttributes.integer("to", OnnxTypes.FLOAT));
        ModelProto model = graph.toModel();
        ModelProto.Builder ofSet = model.toBuilder()
                .clearOpsetImport()
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(operatorSet));
        // The output's rank depends on the case, so its type names none.
        ofSet.getGraphBuilder()
                .addOutputBuilder()
                .setName(OUTPUT)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .setElemType(OnnxTypes.FLOAT);
        return ofSet.build().toByteArray();
    }

    @Override
    public String toString() {
        NodeProto.Builder node = NodeProto.newBuilder().addAllAttribute(attributes);
        return operator + operands.size() + " "
                + shapes.values().stream().map(Arrays::toString).toList()
                + (node.getAttributeCount() == 0
                        ? ""
                        : " " + node.getAttribute(0).getName()) + " opset " + operatorSet;
    }

    private String add(long[] shape, double from, double to) {
        String name = "operand" + operands.size();
        int count = 1;
        for (long length : shape) {
            count = (int) (count * length);
        }
        float[] elements = new float[count];
        for (int i = 0; i < count; i++) {
            elements[i] = (float) (from + random.nextDouble() * (to - from));
        }
        floats.put(name, elements);
        shapes.put(name, shape);
        operands.add(name);
        return name;
    }

    private Case add(TensorProto tensor) {
        integers.add(tensor);
        operands.add(tensor.getName());
        return this;
    }

    private long[] shape(String name) {
        long[] shape = shapes.get(name);
        return shape == null ? new long[0] : shape;
    }
}
