package io.millrace.trainer.gradient.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.millrace.trainer.gradient.execution.Program;
import io.millrace.trainer.gradient.execution.Weights;
import io.millrace.trainer.gradient.graph.OnnxGraph;
import io.millrace.trainer.gradient.graph.Value;
import io.millrace.trainer.gradient.torch.Torch;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The part of a graph that tuning changes, ready to run on what the frozen part has made of each example.
 *
 * <p>Of some examples only these values may be there, and not what they were made from: they come last, and stand among
 * the inputs as texts of the same lengths.
 *
 * <p>Threading: confined to one thread. Lifecycle: works on the session's tensors, and owns none itself.
 */
public final class TunedPart {
    private static final int BATCH = 64;
    /** What is known of a text of which only the length is. */
    private static final Set<String> TOLD_BY_LENGTH = Set.of(TextInputs.MASK);

    private final Torch.Session torch;
    private final Loss loss;
    private final Program program;
    private final Feeding feeding;
    private final @Nullable FrozenValues frozen;

    /**
     * Cuts the graph, checks its operators, and computes the frozen part of the examples of which it is not known.
     *
     * @param trainable the initializers that may change
     * @param known values of the last examples of the inputs; or none
     * @throws LearningException if the graph has an operator that is not supported, or fails; or if the known values are
     *     not those that this cut needs
     */
    public TunedPart(
            Torch.Session torch,
            OnnxGraph graph,
            Weights weights,
            Set<String> trainable,
            ModelInputs inputs,
            List<KeptRows> known,
            LearningProgress progress)
            throws LearningException {
        this.torch = torch;
        loss = Loss.of(graph);
        Cut cut = Cut.of(graph, trainable, loss.target());
        if (!known.isEmpty()) {
            requireKnown(cut, known);
        }
        if (cut.kept().isEmpty()) {
            frozen = null;
        } else {
            Program frozenPart = new Program(cut.frozen(), cut.kept(), graph.operatorSet(), weights);
            frozen = FrozenValues.compute(frozenPart, cut.kept(), inputs, known, torch, progress);
        }
        Cut used = frozen == null ? Cut.none(graph, loss.target()) : cut;
        program = new Program(used.tuned(), List.of(loss.target()), graph.operatorSet(), weights);
        feeding = new Feeding(inputs, frozen);
        if (!known.isEmpty()) {
            requireFed(used);
        }
    }

    /** Bytes of the frozen part's values; -1 if there is none, or it is computed anew each time. */
    public long frozenBytes() {
        return frozen == null ? -1 : frozen.bytes();
    }

    /**
     * What the frozen part made of all examples.
     *
     * @throws LearningException if nothing is frozen, or what it makes cannot be kept
     */
    public List<KeptRows> frozenRows() throws LearningException {
        List<KeptRows> rows = frozen == null ? null : frozen.rows();
        if (rows == null) {
            throw new LearningException(
                    "of what is frozen nothing can be kept: either everything is trainable, or there"
                            + " are too many examples for " + FrozenValues.MOST_BYTES + " bytes");
        }
        return rows;
    }

    /**
     * What the weights of now are worth.
     *
     * @param examples by number
     */
    public Judged judge(int[] examples, Targets targets) throws LearningException {
        double sum = 0;
        long right = 0;
        for (int[] batch : Batches.sorted(feeding.inputs(), examples, BATCH)) {
            try (NDManager run = torch.manager().newSubManager()) {
                NDArray outputs = outputs(batch, run);
                sum += requireFinite(loss.sum(outputs, batch, targets).getFloat());
                right += targets.right(batch, outputs.toFloatArray());
            }
        }
        return examples.length == 0
                ? Judged.NOTHING
                : new Judged(sum / examples.length, (double) right / examples.length);
    }

    /**
     * What the weights of now say of each class, by example.
     *
     * @param examples by number
     */
    public float[][] probabilities(int[] examples) throws LearningException {
        Map<Integer, float[]> byExample = new HashMap<>();
        for (int[] batch : Batches.sorted(feeding.inputs(), examples, BATCH)) {
            try (NDManager run = torch.manager().newSubManager()) {
                float[] said = loss.probabilities(outputs(batch, run)).toFloatArray();
                int classes = said.length / batch.length;
                for (int i = 0; i < batch.length; i++) {
                    byExample.put(batch[i], Arrays.copyOfRange(said, i * classes, (i + 1) * classes));
                }
            }
        }
        return IntStream.of(examples).mapToObj(byExample::get).toArray(float[][]::new);
    }

    ModelInputs inputs() {
        return feeding.inputs();
    }

    /** The loss of a batch, added up over its examples. */
    NDArray lossOf(int[] batch, Targets targets, NDManager run) throws LearningException {
        return loss.sum(outputs(batch, run), batch, targets);
    }

    static double requireFinite(float loss) throws LearningException {
        if (!Float.isFinite(loss)) {
            throw new LearningException("the loss is " + loss
                    + ": the graph gives no finite numbers for some example, or learning-rate is too high");
        }
        return loss;
    }

    private NDArray outputs(int[] batch, NDManager run) throws LearningException {
        int length = feeding.inputs().longest(batch);
        Value output = program.run(feeding.feed(program.fed(), batch, length, run), run)
                .get(loss.target());
        if (!(output instanceof Value.Tensor tensor)) {
            throw new LearningException("the graph's '" + loss.target() + "' is no tensor of floats");
        }
        return tensor.array();
    }

    private static void requireKnown(Cut cut, List<KeptRows> known) throws LearningException {
        Set<String> names = known.stream().map(KeptRows::name).collect(Collectors.toCollection(TreeSet::new));
        if (!names.equals(new TreeSet<>(cut.kept()))) {
            throw new LearningException("the replayed values are " + names + ", but behind them there are weights that"
                    + " are trainable; needed are " + (cut.kept().isEmpty() ? "the texts themselves" : cut.kept())
                    + ": let trainable be what it was when they were kept, or keep them anew for what it is now");
        }
    }

    private void requireFed(Cut used) throws LearningException {
        Set<String> missing = new LinkedHashSet<>(program.fed());
        missing.removeAll(used.kept());
        missing.removeAll(TOLD_BY_LENGTH);
        if (frozen == null || !missing.isEmpty()) {
            throw new LearningException("the tuned part reads " + missing
                    + " of each example, which replayed ones do not have: let trainable be less, such as head");
        }
    }
}
