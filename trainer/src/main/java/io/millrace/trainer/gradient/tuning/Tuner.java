package io.millrace.trainer.gradient.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.millrace.trainer.config.TuningSettings;
import io.millrace.trainer.gradient.execution.Weights;
import io.millrace.trainer.gradient.torch.Torch;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Moves a graph's trainable weights so that the loss on examples falls, and leaves them as they were when the loss on
 * later examples was lowest.
 *
 * <p>Of replayed examples it learns what the model of the start answers, and not their classes (Li and Hoiem 2017,
 * "Learning without Forgetting"): that model has learned these very examples, and is surer of them than of others of its
 * domain, so that their classes hold little of what it knows. The loss on them counts in the choice of the epoch as much
 * as it does in learning.
 *
 * <p>Threading: confined to one thread. Lifecycle: works on the session's tensors; what it makes itself is freed with the
 * session.
 */
public final class Tuner {
    private final Torch.Session torch;
    private final TuningSettings config;
    private final Weights weights;
    private final TunedPart part;

    /**
     * @param weights those of the part
     */
    public Tuner(Torch.Session torch, Weights weights, TunedPart part, TuningSettings config) {
        this.torch = torch;
        this.weights = weights;
        this.part = part;
        this.config = config;
    }

    /**
     * Tunes.
     *
     * @param learned examples to learn from, by number
     * @param replayed examples to learn again beside them: in each epoch as many as the settings say, drawn anew
     * @param judged later examples that say when to stop, together with those that are replayed; without any, all epochs
     *     are run
     * @param checkpoint where the state is kept from time to time, and gone on from; null: nowhere
     */
    public TuningResult tune(
            int[] learned,
            int[] replayed,
            int[] judged,
            Targets targets,
            long seed,
            @Nullable Checkpoint checkpoint,
            LearningProgress progress)
            throws LearningException {
        Targets scaled = targets.scaled(learned, config.balance())
                .with(replayed, targets.scaled(replayed, config.balance()))
                .answered(replayed, part.probabilities(replayed));
        ReplayDraw replay = new ReplayDraw(replayed, Math.round(config.replayRatio() * learned.length));
        int epochSize = learned.length + replay.size();
        long stepsPerEpoch = (epochSize + config.batch() - 1L) / config.batch();
        RateSchedule rates = new RateSchedule(config.learningRate(), config.warmUp(), stepsPerEpoch * config.epochs());
        AdamW optimiser = new AdamW(torch, weights.tuned(), config);
        TuningState state = checkpoint == null ? null : checkpoint.read();
        if (state == null) {
            state = new TuningState(judge(judged, replayed, scaled), weights.snapshot());
        } else {
            weights.restore(state.weights(weights.tuned().keySet()));
            optimiser.restore(state.memory());
        }
        Random random = new Random(seed);
        int patience = judged.length == 0 ? config.epochs() : config.patience();
        for (int epoch = 1; epoch <= config.epochs() && state.epochsWithoutGain() < patience; epoch++) {
            List<int[]> batches =
                    Batches.shuffled(part.inputs(), replay.beside(learned, random), config.batch(), random);
            if (epoch <= state.epochs()) {
                continue;
            }
            while (state.batches() < batches.size()) {
                int[] batch = batches.get(state.batches());
                state.stepped(batch.length, step(batch, scaled, optimiser, rates.at(state.steps())));
                progress.at("epoch " + epoch + " of " + config.epochs(), state.examples(), epochSize);
                if (checkpoint != null && checkpoint.isDue(state.steps())) {
                    checkpoint.write(state, weights.snapshot(), optimiser.memory());
                }
            }
            state.ended(judge(judged, replayed, scaled), config.stopOn(), weights);
        }
        weights.restore(state.bestWeights());
        return state.result(optimiser.clipped());
    }

    private Judged judge(int[] judged, int[] replayed, Targets targets) throws LearningException {
        Judged later = part.judge(judged, targets);
        return judged.length == 0 || replayed.length == 0
                ? later
                : later.beside(part.judge(replayed, targets), config.replayRatio());
    }

    private double step(int[] batch, Targets targets, AdamW optimiser, double rate) throws LearningException {
        try (NDManager run = torch.manager().newSubManager()) {
            torch.record(true);
            try {
                NDArray sum = part.lossOf(batch, targets, run);
                double value = TunedPart.requireFinite(sum.getFloat());
                torch.backward(sum.div(batch.length));
                torch.record(false);
                optimiser.step(rate, run);
                return value;
            } finally {
                torch.record(false);
            }
        }
    }
}
