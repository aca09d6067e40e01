package io.millrace.trainer.gradient.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.millrace.inference.onnx.HostTensor;
import io.millrace.trainer.gradient.graph.Value;
import io.millrace.trainer.learn.LearningException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives a program what it reads of a batch: the graph's inputs, and values of the frozen part.
 *
 * <p>Threading: confined to one thread.
 *
 * @param frozen null where there is no frozen part
 */
record Feeding(ModelInputs inputs, @Nullable FrozenValues frozen) {

    /**
     * The values of these names as tensors.
     *
     * @param run owner of the tensors
     */
    Map<String, Value> feed(Collection<String> names, int[] examples, int length, NDManager run)
            throws LearningException {
        Map<String, Value> fed = new LinkedHashMap<>();
        Map<String, HostTensor> batch = inputs.batch(examples, length);
        for (String name : names) {
            NDArray kept = frozen == null ? null : frozen.get(name, examples, length, run);
            if (kept != null) {
                fed.put(name, new Value.Tensor(kept));
            } else {
                HostTensor given = batch.get(name);
                if (given == null) {
                    throw new LearningException("the graph asks for '" + name + "', but examples give only "
                            + batch.keySet() + ": export it with these inputs");
                }
                fed.put(name, new Value.Tensor(tensor(given, run)));
            }
        }
        return fed;
    }

    private static NDArray tensor(HostTensor given, NDManager run) {
        Shape shape = new Shape(given.shape());
        long[] integers = given.integers();
        return integers == null ? run.create(given.requireFloats(), shape) : run.create(integers, shape);
    }
}
