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
import java.util.Map;
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
     */
    public TuningResult tune(int[] learned, int[] judged, Targets targets, long seed, LearningProgress progress)
            throws LearningException {
        Targets scaled = targets.scaled(learned, config.balance());
        long stepsPerEpoch = (learned.length + config.batch() - 1L) / config.batch();
        RateSchedule rates = new RateSchedule(config.learningRate(), config.warmUp(), stepsPerEpoch * config.epochs());
        AdamW optimiser = new AdamW(torch, weights.tuned().values(), config.weightDecay(), config.clip());
        Random random = new Random(seed);
        double before = meanLoss(judged, scaled);
        double best = before;
        Map<String, float[]> bestWeights = weights.snapshot();
        int bestEpoch = 0;
        int epoch = 0;
        long step = 0;
        double trainingLoss = Double.NaN;
        while (epoch < config.epochs()
                && epoch - bestEpoch < (judged.length == 0 ? config.epochs() : config.patience())) {
            epoch++;
            double sum = 0;
            int done = 0;
            for (int[] batch : Batches.shuffled(feeding.inputs(), learned, config.batch(), random)) {
                sum += step(batch, scaled, optimiser, rates.at(step));
                step++;
                done += batch.length;
                progress.at("epoch " + epoch + " of " + config.epochs(), done, learned.length);
            }
            trainingLoss = sum / learned.length;
            double now = meanLoss(judged, scaled);
            if (judged.length == 0 || now < best) {
                best = now;
                bestEpoch = epoch;
                bestWeights = weights.snapshot();
            }
        }
        weights.restore(bestWeights);
        return new TuningResult(epoch, bestEpoch, step, optimiser.clipped(), trainingLoss, before, best);
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

    private double meanLoss(int[] examples, Targets targets) throws LearningException {
        double sum = 0;
        for (int[] batch : Batches.sorted(feeding.inputs(), examples, BATCH_WITHOUT_GRADIENTS)) {
            try (NDManager run = torch.manager().newSubManager()) {
                sum += requireFinite(
                        loss.sum(outputs(batch, run), batch, targets).getFloat());
            }
        }
        return sum / examples.length;
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
