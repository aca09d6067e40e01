package io.millrace.trainer.gradient.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.millrace.trainer.config.GradientConfig;
import io.millrace.trainer.gradient.execution.Program;
import io.millrace.trainer.gradient.execution.Weights;
import io.millrace.trainer.gradient.graph.OnnxGraph;
import io.millrace.trainer.gradient.graph.Value;
import io.millrace.trainer.gradient.torch.Torch;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Moves a graph's trainable weights so that the loss on examples falls, and leaves them as they were when the loss on
 * later examples was lowest.
 *
 * <p>Threading: confined to one thread. Lifecycle: works on the session's tensors; what it makes itself is freed with the
 * session.
 */
public final class Tuner {
    private static final int BATCH_WITHOUT_GRADIENTS = 64;

    private final Torch.Session torch;
    private final GradientConfig config;
    private final Weights weights;
    private final Loss loss;
    private final Program program;
    private final Feeding feeding;
    private final @Nullable FrozenValues frozen;

    /**
     * Cuts the graph, checks its operators, and computes the frozen part of all examples.
     *
     * @throws LearningException if the graph has an operator that is not supported, or fails
     */
    public Tuner(
            Torch.Session torch,
            OnnxGraph graph,
            Weights weights,
            Set<String> trainable,
            ModelInputs inputs,
            GradientConfig config,
            LearningProgress progress)
            throws LearningException {
        this.torch = torch;
        this.config = config;
        this.weights = weights;
        loss = Loss.of(graph);
        Cut cut = Cut.of(graph, trainable, loss.target());
        if (cut.kept().isEmpty()) {
            frozen = null;
        } else {
            Program frozenPart = new Program(cut.frozen(), cut.kept(), graph.operatorSet(), weights);
            frozen = FrozenValues.compute(frozenPart, cut.kept(), inputs, torch, progress);
        }
        Cut used = frozen == null ? Cut.none(graph, loss.target()) : cut;
        program = new Program(used.tuned(), List.of(loss.target()), graph.operatorSet(), weights);
        feeding = new Feeding(inputs, frozen);
    }

    /** Bytes of the frozen part's values; -1 if there is none, or it is computed anew each time. */
    public long frozenBytes() {
        return frozen == null ? -1 : frozen.bytes();
    }

    /**
     * Tunes.
     *
     * @param learned examples to learn from, by number
     * @param judged later examples that say when to stop; without any, all epochs are run
     * @param checkpoint where the state is kept from time to time, and gone on from; null: nowhere
     */
    public TuningResult tune(
            int[] learned,
            int[] judged,
            Targets targets,
            long seed,
            @Nullable Checkpoint checkpoint,
            LearningProgress progress)
            throws LearningException {
        Targets scaled = targets.scaled(learned, config.balance());
        long stepsPerEpoch = (learned.length + config.batch() - 1L) / config.batch();
        RateSchedule rates = new RateSchedule(config.learningRate(), config.warmUp(), stepsPerEpoch * config.epochs());
        AdamW optimiser = new AdamW(torch, weights.tuned(), config.weightDecay(), config.clip());
        TuningState state = checkpoint == null ? null : checkpoint.read();
        if (state == null) {
            state = new TuningState(judge(judged, scaled), weights.snapshot());
        } else {
            weights.restore(state.weights(weights.tuned().keySet()));
            optimiser.restore(state.memory());
        }
        Random random = new Random(seed);
        int patience = judged.length == 0 ? config.epochs() : config.patience();
        for (int epoch = 1; epoch <= config.epochs() && state.epochsWithoutGain() < patience; epoch++) {
            List<int[]> batches = Batches.shuffled(feeding.inputs(), learned, config.batch(), random);
            if (epoch <= state.epochs()) {
                continue;
            }
            while (state.batches() < batches.size()) {
                int[] batch = batches.get(state.batches());
                state.stepped(batch.length, step(batch, scaled, optimiser, rates.at(state.steps())));
                progress.at("epoch " + epoch + " of " + config.epochs(), state.examples(), learned.length);
                if (checkpoint != null && checkpoint.isDue(state.steps())) {
                    checkpoint.write(state, weights.snapshot(), optimiser.memory());
                }
            }
            state.ended(judge(judged, scaled), config.stopOn(), weights);
        }
        weights.restore(state.bestWeights());
        return state.result(optimiser.clipped());
    }

    private double step(int[] batch, Targets targets, AdamW optimiser, double rate) throws LearningException {
        try (NDManager run = torch.manager().newSubManager()) {
            torch.record(true);
            try {
                NDArray sum = loss.sum(outputs(batch, run), batch, targets);
                double value = requireFinite(sum.getFloat());
                torch.backward(sum.div(batch.length));
                torch.record(false);
                optimiser.step(rate, run);
                return value;
            } finally {
                torch.record(false);
            }
        }
    }

    private Judged judge(int[] examples, Targets targets) throws LearningException {
        double loss = 0;
        long right = 0;
        for (int[] batch : Batches.sorted(feeding.inputs(), examples, BATCH_WITHOUT_GRADIENTS)) {
            try (NDManager run = torch.manager().newSubManager()) {
                NDArray outputs = outputs(batch, run);
                loss += requireFinite(loss(outputs, batch, targets));
                right += targets.right(batch, outputs.toFloatArray());
            }
        }
        return examples.length == 0
                ? Judged.NOTHING
                : new Judged(loss / examples.length, (double) right / examples.length);
    }

    private float loss(NDArray outputs, int[] batch, Targets targets) throws LearningException {
        return loss.sum(outputs, batch, targets).getFloat();
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

    private static double requireFinite(float loss) throws LearningException {
        if (!Float.isFinite(loss)) {
            throw new LearningException("the loss is " + loss
                    + ": the graph gives no finite numbers for some example, or learning-rate is too high");
        }
        return loss;
    }
}
