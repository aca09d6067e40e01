package io.millrace.trainer.gradient;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.millrace.trainer.gradient.graph.GraphNode;
import io.millrace.trainer.gradient.graph.OnnxGraph;
import io.millrace.trainer.gradient.graph.Tensors;
import io.millrace.trainer.learn.LearningException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the initializers that a trainable part means. Exporters leave dense weights without a telling name, so they are
 * found by the nodes that read them.
 *
 * <p>What scales raw inputs is no weight, nor are the running means of a batch normalisation; both can still be named.
 *
 * <p>Threading: confined to one thread.
 */
final class TrainableTensors {
    private static final Pattern BLOCK = Pattern.compile("(?:^|[/.])(?:layers?|blocks?|h)[/.](\\d{1,6})(?:[/.]|$)");
    private static final int OUTSIDE = -1;

    /** A node with the weights that it reads. */
    private record Reader(GraphNode node, int place, List<String> weights, boolean hasMatrix) {}

    private final OnnxGraph graph;
    private final List<Reader> readers = new ArrayList<>();

    private TrainableTensors(OnnxGraph graph) {
        this.graph = graph;
        Set<String> learned = new HashSet<>();
        for (int place = 0; place < graph.nodes().size(); place++) {
            GraphNode node = graph.nodes().get(place);
            List<String> weights = weightsOf(node);
            boolean hasMatrix = weights.stream().anyMatch(this::isMatrix);
            if (hasMatrix || node.inputs().stream().anyMatch(learned::contains)) {
                learned.addAll(node.outputs());
                if (!weights.isEmpty()) {
                    readers.add(new Reader(node, place, weights, hasMatrix));
                }
            }
        }
    }

    /** The names, in the order of the graph. */
    static Set<String> of(OnnxGraph graph, TrainablePart part) throws LearningException {
        TrainableTensors tensors = new TrainableTensors(graph);
        if (part instanceof TrainablePart.Named named) {
            return tensors.named(named.names());
        }
        if (part instanceof TrainablePart.Head) {
            return tensors.from(tensors.placeOfLayer(0), OUTSIDE);
        }
        if (part instanceof TrainablePart.Last last) {
            return tensors.last(last.blocks());
        }
        return tensors.from(0, OUTSIDE);
    }

    private Set<String> named(List<String> names) throws LearningException {
        Set<String> read = new LinkedHashSet<>();
        graph.nodes().forEach(node -> read.addAll(node.inputs()));
        for (String name : names) {
            TensorProto tensor = graph.initializers().get(name);
            if (tensor == null || !Tensors.isFloat(tensor) || !read.contains(name)) {
                throw new LearningException("trainable names '" + name
                        + "', which is no float32 weight of the graph that its output needs; there are "
                        + all());
            }
        }
        return new LinkedHashSet<>(names);
    }

    private List<String> all() {
        return readers.stream()
                .flatMap(reader -> reader.weights().stream())
                .distinct()
                .toList();
    }

    private Set<String> last(int blocks) throws LearningException {
        int highest = readers.stream().mapToInt(TrainableTensors::block).max().orElse(OUTSIDE);
        if (highest == OUTSIDE) {
            return from(placeOfLayer(blocks), OUTSIDE);
        }
        int first = highest - blocks + 1;
        if (first < 0) {
            throw new LearningException(
                    "trainable is last: " + blocks + ", but the graph has only " + (highest + 1) + " blocks: say all");
        }
        int place = readers.stream()
                .filter(reader -> block(reader) >= first)
                .mapToInt(Reader::place)
                .min()
                .orElseThrow();
        return from(place, first);
    }

    /** Weights of the nodes from a place on, but not of blocks before a certain one. */
    private Set<String> from(int place, int firstBlock) throws LearningException {
        Set<String> names = new LinkedHashSet<>();
        for (Reader reader : readers) {
            int block = block(reader);
            if (reader.place() >= place && (block == OUTSIDE || block >= firstBlock)) {
                names.addAll(reader.weights());
            }
        }
        if (names.isEmpty()) {
            throw new LearningException("the graph has no weights that gradients could tune: it is no network of "
                    + "MatMul, Gemm or Gather nodes with float32 initializers; trees need the trees learner");
        }
        return names;
    }

    /** Where the dense layer stands that is so many before the last one. */
    private int placeOfLayer(int before) throws LearningException {
        List<Reader> layers = readers.stream().filter(Reader::hasMatrix).toList();
        if (layers.isEmpty()) {
            return 0;
        }
        if (before >= layers.size()) {
            throw new LearningException("trainable is last: " + before + ", but the graph has only " + layers.size()
                    + " dense layers, the head among them: say all");
        }
        return layers.get(layers.size() - 1 - before).place();
    }

    private static int block(Reader reader) {
        List<String> names =
                new ArrayList<>(List.of(reader.node().output(), reader.node().name()));
        names.addAll(reader.weights());
        for (String name : names) {
            Matcher block = BLOCK.matcher(name);
            if (block.find()) {
                return Integer.parseInt(block.group(1));
            }
        }
        return OUTSIDE;
    }

    private List<String> weightsOf(GraphNode node) {
        List<String> weights = new ArrayList<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            String name = node.inputs().get(i);
            TensorProto tensor = graph.initializers().get(name);
            if (isWeight(tensor) && !isSetting(node.operator(), i)) {
                weights.add(name);
            }
        }
        return weights;
    }

    private static boolean isWeight(@Nullable TensorProto tensor) {
        return tensor != null && Tensors.isFloat(tensor) && tensor.getDimsCount() > 0;
    }

    private static boolean isSetting(String operator, int place) {
        return switch (operator) {
            case "BatchNormalization" -> place >= 3;
            case "Pow", "Clip" -> place >= 1;
            default -> false;
        };
    }

    private boolean isMatrix(String name) {
        TensorProto tensor = graph.initializers().get(name);
        return tensor != null && tensor.getDimsCount() >= 2;
    }
}
