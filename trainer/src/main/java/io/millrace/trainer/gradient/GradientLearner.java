package io.millrace.trainer.gradient;

import io.millrace.inference.bundle.Bundle;
import io.millrace.trainer.config.GradientConfig;
import io.millrace.trainer.config.TuningSettings;
import io.millrace.trainer.gradient.execution.Weights;
import io.millrace.trainer.gradient.graph.OnnxGraph;
import io.millrace.trainer.gradient.replay.ReplayFile;
import io.millrace.trainer.gradient.replay.ReplaySet;
import io.millrace.trainer.gradient.torch.Torch;
import io.millrace.trainer.gradient.tuning.ExportParity;
import io.millrace.trainer.gradient.tuning.ModelInputs;
import io.millrace.trainer.gradient.tuning.TunedPart;
import io.millrace.trainer.gradient.tuning.Tuner;
import io.millrace.trainer.gradient.tuning.TuningResult;
import io.millrace.trainer.learn.Candidate;
import io.millrace.trainer.learn.Learner;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import io.millrace.trainer.learn.LearningTask;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tunes the champion's own graph by gradients: the part that its manifest calls trainable moves, all else stays byte for
 * byte. The result is scored by ONNX Runtime and must agree with what was learned. Of a model that carries a replay set
 * of its first domain, some of that is learned again beside the new examples.
 *
 * <p>Threading: confined to one thread; of several learners in a process one works and the others wait. Lifecycle: all
 * native memory is freed before {@link #learn} returns. The same champion, task and code give the same bytes on
 * processors with the same instructions.
 */
public final class GradientLearner implements Learner {
    private final GradientConfig config;
    private final @Nullable TrainablePart override;
    private final @Nullable CheckpointFolder checkpoints;

    /**
     * @param override what is trainable, in place of what the manifest says
     */
    public GradientLearner(GradientConfig config, @Nullable TrainablePart override) {
        this(config, override, null);
    }

    /**
     * @param override what is trainable, in place of what the manifest says
     * @param checkpoints where a learning that takes hours keeps how far it is
     */
    public GradientLearner(
            GradientConfig config, @Nullable TrainablePart override, @Nullable CheckpointFolder checkpoints) {
        this.config = config;
        this.override = override;
        this.checkpoints = checkpoints;
    }

    @Override
    public String name() {
        return "gradient";
    }

    @Override
    public Candidate learn(Bundle champion, LearningTask task, LearningProgress progress) throws LearningException {
        TrainablePart part = override != null ? override : TrainablePart.of(champion.manifest());
        byte[] replayed = champion.blobs().get(ReplaySet.BLOB);
        TuningSettings settings = config.settings(replayed != null);
        ReplaySet replay = replayed == null || settings.replayRatio() == 0 ? null : ReplayFile.read(replayed);
        OnnxGraph graph = OnnxGraph.parse(champion.model(), champion.manifest().output());
        Set<String> trainable = TrainableTensors.of(graph, part);
        LearnedExamples examples = LearnedExamples.of(champion.manifest(), task, replay);
        ModelInputs inputs = ExampleInputs.of(champion, graph, examples.given());
        try (Torch.Session torch = Torch.enter()) {
            Weights weights = new Weights(graph, trainable, torch.manager());
            TunedPart tuned = new TunedPart(
                    torch,
                    graph,
                    weights,
                    trainable,
                    ExampleInputs.andLengths(inputs, examples.known().tokens()),
                    examples.known().values(),
                    progress);
            TuningResult result = new Tuner(torch, weights, tuned, settings)
                    .tune(
                            examples.learned(),
                            examples.replayed(),
                            examples.judged(),
                            examples.targets(),
                            task.seed(),
                            checkpoints == null ? null : checkpoints.checkpoint(champion, settings, part, task),
                            progress);
            progress.at(LearningProgress.COMPARING, 0, 1);
            byte[] model = graph.withWeights(weights.snapshot());
            double parity = new ExportParity(torch, graph, weights).require(model, inputs);
            progress.at(LearningProgress.COMPARING, 1, 1);
            Map<String, byte[]> blobs = new LinkedHashMap<>(champion.blobs());
            blobs.put(Bundle.MODEL_BLOB, model);
            return new Candidate(
                    blobs,
                    new TuningNotes(
                                    settings,
                                    part,
                                    examples.replayed().length,
                                    weights,
                                    tuned.frozenBytes(),
                                    result,
                                    parity)
                            .lines());
        }
    }
}
