package io.millrace.trainer.gradient.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.millrace.inference.onnx.proto.OnnxAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds layer norms (nine nodes) and GELUs (five nodes) that an exporter wrote out in small steps, and puts one node in
 * the place of the last of each. The others stay, for whoever else reads them, and are dropped if nobody does.
 *
 * <p>Threading: confined to one thread.
 */
final class Fusion {
    private final List<GraphNode> nodes;
    private final Function<String, @Nullable TensorProto> tensors;
    private final Map<String, GraphNode> producers = new HashMap<>();

    Fusion(List<GraphNode> nodes, Function<String, @Nullable TensorProto> tensors) {
        this.nodes = nodes;
        this.tensors = tensors;
        nodes.forEach(node -> node.outputs().forEach(output -> producers.put(output, node)));
    }

    List<GraphNode> fused() {
        return nodes.stream().map(this::fused).toList();
    }

    private GraphNode fused(GraphNode node) {
        GraphNode fused = null;
        if (node.operator().equals("Add")) {
            fused = layerNorm(node);
        } else if (node.operator().equals("Mul")) {
            fused = gelu(node);
        }
        return fused == null ? node : fused;
    }

    /** (x − mean) / sqrt(mean((x − mean)²) + ε) · scale + offset. */
    private @Nullable GraphNode layerNorm(GraphNode add) {
        for (int place = 0; place < 2; place++) {
            GraphNode scaled = producer(add, place, "Mul");
            String offset = add.inputs().get(1 - place);
            for (int side = 0; scaled != null && isVector(offset) && side < 2; side++) {
                GraphNode quotient = producer(scaled, side, "Div");
                String scale = scaled.inputs().get(1 - side);
                Normal normal = quotient == null || !isVector(scale) ? null : normal(quotient);
                if (normal != null) {
                    Map<String, AttributeProto> attributes = Map.of(
                            "axis", OnnxAttributes.integer("axis", -1),
                            "epsilon", OnnxAttributes.number("epsilon", normal.epsilon()));
                    return add.as("LayerNormalization", List.of(normal.of(), scale, offset), attributes);
                }
            }
        }
        return null;
    }

    private record Normal(String of, float epsilon) {}

    private @Nullable Normal normal(GraphNode quotient) {
        GraphNode centred = producer(quotient, 0, "Sub");
        GraphNode deviation = producer(quotient, 1, "Sqrt");
        GraphNode mean = centred == null ? null : producer(centred, 1, "ReduceMean");
        GraphNode sum = deviation == null ? null : producer(deviation, 0, "Add");
        GraphNode variance = sum == null ? null : producer(sum, 0, "ReduceMean");
        GraphNode square = variance == null ? null : producer(variance, 0, "Pow");
        if (centred == null || mean == null || sum == null || variance == null || square == null) {
            return null;
        }
        String of = centred.inputs().get(0);
        Float epsilon = number(sum.inputs().get(1));
        boolean fits = mean.inputs().get(0).equals(of)
                && isOverLastAxis(mean)
                && isOverLastAxis(variance)
                && square.inputs().get(0).equals(centred.output())
                && isNumber(square.inputs().get(1), 2);
        return fits && epsilon != null ? new Normal(of, epsilon) : null;
    }

    /** x · (erf(x / √2) + 1) · 0.5. */
    private @Nullable GraphNode gelu(GraphNode half) {
        for (int place = 0; place < 2; place++) {
            GraphNode product = isNumber(half.inputs().get(1 - place), 0.5) ? producer(half, place, "Mul") : null;
            for (int side = 0; product != null && side < 2; side++) {
                GraphNode sum = producer(product, side, "Add");
                String x = product.inputs().get(1 - side);
                for (int term = 0; sum != null && term < 2; term++) {
                    GraphNode erf = isNumber(sum.inputs().get(1 - term), 1) ? producer(sum, term, "Erf") : null;
                    GraphNode quotient = erf == null ? null : producer(erf, 0, "Div");
                    if (quotient != null
                            && quotient.inputs().get(0).equals(x)
                            && isNumber(quotient.inputs().get(1), Math.sqrt(2))) {
                        return half.as("Gelu", List.of(x), Map.of());
                    }
                }
            }
        }
        return null;
    }

    private @Nullable GraphNode producer(GraphNode reader, int place, String operator) {
        GraphNode node = producers.get(reader.inputs().get(place));
        return node != null && node.domain().isEmpty() && node.operator().equals(operator) ? node : null;
    }

    private static boolean isOverLastAxis(GraphNode mean) {
        AttributeProto axes = mean.attributes().get("axes");
        AttributeProto keep = mean.attributes().get("keepdims");
        return axes != null && axes.getIntsList().equals(List.of(-1L)) && (keep == null || keep.getI() == 1);
    }

    private boolean isVector(String name) {
        TensorProto tensor = tensors.apply(name);
        return tensor != null && Tensors.isFloat(tensor) && tensor.getDimsCount() == 1;
    }

    private boolean isNumber(String name, double expected) {
        Float number = number(name);
        return number != null && Math.abs(number - expected) < 1e-5;
    }

    private @Nullable Float number(String name) {
        TensorProto tensor = tensors.apply(name);
        if (tensor == null || !Tensors.isFloat(tensor) || Tensors.count(Tensors.shape(tensor)) != 1) {
            return null;
        }
        return Tensors.floats(tensor)[0];
    }
}
