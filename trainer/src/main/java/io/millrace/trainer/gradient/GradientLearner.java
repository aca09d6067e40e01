package io.millrace.trainer.gradient;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.Manifest;
import io.millrace.trainer.config.GradientConfig;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.gradient.execution.Weights;
import io.millrace.trainer.gradient.graph.OnnxGraph;
import io.millrace.trainer.gradient.torch.Torch;
import io.millrace.trainer.gradient.tuning.Checkpoint;
import io.millrace.trainer.gradient.tuning.ExportParity;
import io.millrace.trainer.gradient.tuning.ModelInputs;
import io.millrace.trainer.gradient.tuning.Targets;
import io.millrace.trainer.gradient.tuning.TunedPart;
import io.millrace.trainer.gradient.tuning.Tuner;
import io.millrace.trainer.gradient.tuning.TuningResult;
import io.millrace.trainer.learn.Candidate;
import io.millrace.trainer.learn.Learner;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import io.millrace.trainer.learn.LearningTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tunes the champion's own graph by gradients: the part that its manifest calls trainable moves, all else stays byte for
 * byte. The result is scored by ONNX Runtime and must agree with what was learned.
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
        OnnxGraph graph = OnnxGraph.parse(champion.model(), champion.manifest().output());
        Set<String> trainable = TrainableTensors.of(graph, part);
        List<Example> examples = new ArrayList<>(task.training().examples());
        examples.addAll(task.replay().examples());
        int learned = examples.size();
        examples.addAll(task.validation().examples());
        Targets targets = targets(champion.manifest(), examples, learned);
        ModelInputs inputs = ExampleInputs.of(champion, graph, examples);
        try (Torch.Session torch = Torch.enter()) {
            Weights weights = new Weights(graph, trainable, torch.manager());
            Checkpoint checkpoint = checkpoints == null ? null : checkpoints.checkpoint(champion, config, part, task);
            TunedPart tuned = new TunedPart(torch, graph, weights, trainable, inputs, List.of(), progress);
            TuningResult result = new Tuner(torch, weights, tuned, config)
                    .tune(
                            IntStream.range(0, learned).toArray(),
                            IntStream.range(learned, examples.size()).toArray(),
                            targets,
                            task.seed(),
                            checkpoint,
                            progress);
            byte[] model = graph.withWeights(weights.snapshot());
            progress.at("comparing with ONNX Runtime", 0, 1);
            double parity = new ExportParity(torch, graph, weights).require(model, inputs);
            progress.at("comparing with ONNX Runtime", 1, 1);
            Map<String, byte[]> blobs = new LinkedHashMap<>(champion.blobs());
            blobs.put(Bundle.MODEL_BLOB, model);
            return new Candidate(
                    blobs, new TuningNotes(config, part, weights, tuned.frozenBytes(), result, parity).lines());
        }
    }

    private static Targets targets(Manifest manifest, List<Example> examples, int learned) throws LearningException {
        int count = manifest.classes().size();
        int[] classes = new int[examples.size()];
        double[] weights = new double[examples.size()];
        for (int i = 0; i < classes.length; i++) {
            Example example = examples.get(i);
            if (example.label() >= count) {
                throw new LearningException("example " + example.eventId() + " is of class " + example.label()
                        + ", the model knows " + manifest.classes());
            }
            classes[i] = example.label();
            weights[i] = example.weight();
        }
        long present = IntStream.range(0, learned)
                .filter(i -> weights[i] > 0)
                .map(i -> classes[i])
                .distinct()
                .count();
        if (present < 2) {
            throw new LearningException(
                    "the " + learned + " examples to learn from are of " + present + " classes: take a longer window");
        }
        return new Targets(classes, weights, count);
    }
}
