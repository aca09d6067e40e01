package io.millrace.trainer.gradient.execution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.millrace.trainer.gradient.graph.GraphNode;
import io.millrace.trainer.gradient.graph.OnnxGraph;
import io.millrace.trainer.gradient.graph.Tensors;
import io.millrace.trainer.gradient.graph.Value;
import io.millrace.trainer.learn.LearningException;
import java.nio.FloatBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A graph's tensors that are the same for every batch: those that are tuned, those that are not, and constants.
 *
 * <p>Threading: confined to one thread. Lifecycle: the tensors belong to the manager that was given.
 */
public final class Weights {
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Map<String, NDArray> tuned = new LinkedHashMap<>();

    /**
     * Loads what the graph's nodes read.
     *
     * @param trainable names of the initializers that gradients are wanted for
     */
    public Weights(OnnxGraph graph, Set<String> trainable, NDManager manager) throws LearningException {
        for (GraphNode node : graph.nodes()) {
            for (String name : node.inputs()) {
                TensorProto tensor = graph.constants().get(name);
                if (tensor == null) {
                    tensor = graph.initializers().get(name);
                }
                if (tensor != null && !values.containsKey(name)) {
                    values.put(name, load(name, tensor, trainable.contains(name), manager));
                }
            }
        }
    }

    /** The value of this name, if it is one of the graph's own. */
    public @Nullable Value get(String name) {
        return values.get(name);
    }

    /** The tensors that are tuned, by name, in the order of the graph. */
    public Map<String, NDArray> tuned() {
        return tuned;
    }

    /** Copies of what the tuned tensors hold now. */
    public Map<String, float[]> snapshot() {
        Map<String, float[]> copies = new LinkedHashMap<>();
        tuned.forEach((name, array) -> copies.put(name, array.toFloatArray()));
        return copies;
    }

    /** Puts these elements into the tuned tensors. */
    public void restore(Map<String, float[]> elements) {
        elements.forEach((name, floats) -> {
            NDArray array = tuned.get(name);
            if (array == null) {
                throw new IllegalArgumentException("'" + name + "' is not tuned");
            }
            array.set(FloatBuffer.wrap(floats));
        });
    }

    /**
     * Lends the named values to a run: what is computed from them belongs to the borrower, and they come back when it is
     * closed. Without it the engine gives a result to the owner of its first operand, and weights would gather them.
     */
    void lend(Collection<String> names, NDManager borrower) {
        for (String name : names) {
            if (values.get(name) instanceof Value.Tensor tensor) {
                tensor.array().tempAttach(borrower);
            }
        }
    }

    private Value load(String name, TensorProto tensor, boolean trainable, NDManager manager) throws LearningException {
        long[] shape = Tensors.shape(tensor);
        if (!Tensors.isFloat(tensor)) {
            return new Value.Integers(Tensors.integers(tensor), shape);
        }
        float[] elements = Tensors.floats(tensor);
        NDArray array = manager.create(elements, new Shape(shape));
        if (trainable) {
            array.setRequiresGradient(true);
            tuned.put(name, array);
        }
        return new Value.Tensor(array, elements.length == 1 && !trainable ? elements[0] : null);
    }
}
