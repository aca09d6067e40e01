package io.millrace.trainer.gradient;

import io.millrace.inference.bundle.Bundle;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gradient.execution.Weights;
import io.millrace.trainer.gradient.graph.OnnxGraph;
import io.millrace.trainer.gradient.replay.ReplaySet;
import io.millrace.trainer.gradient.torch.Torch;
import io.millrace.trainer.gradient.tuning.KeptRows;
import io.millrace.trainer.gradient.tuning.ModelInputs;
import io.millrace.trainer.gradient.tuning.TunedPart;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Makes the replay set of a model: of each example what the frozen part makes of it, and how good the model is now.
 *
 * <p>Threading: stateless; waits for its turn with the engine. Lifecycle: all native memory is freed before a method
 * returns. The same model and examples give the same set.
 */
public final class ReplayMaker {
    private ReplayMaker() {}

    /**
     * Makes a set.
     *
     * @param model whose manifest says what is trainable; what is not, is frozen
     * @param learned examples to be learned again
     * @param judged examples that were never learned from, nor used to select the model
     */
    public static ReplaySet of(Bundle model, ExampleSet learned, ExampleSet judged, LearningProgress progress)
            throws LearningException {
        TrainablePart part = TrainablePart.of(model.manifest());
        OnnxGraph graph = OnnxGraph.parse(model.model(), model.manifest().output());
        List<Example> examples = new ArrayList<>(learned.examples());
        examples.addAll(judged.examples());
        ModelInputs inputs = ExampleInputs.of(model, graph, examples);
        List<KeptRows> rows = frozenRows(graph, TrainableTensors.of(graph, part), inputs, progress);
        boolean[] judging = new boolean[examples.size()];
        for (int i = learned.size(); i < judging.length; i++) {
            judging[i] = true;
        }
        ReplaySet set = new ReplaySet(
                model.manifest().classes().size(),
                0,
                examples.stream().mapToInt(Example::label).toArray(),
                IntStream.range(0, inputs.size()).map(inputs::length).toArray(),
                judging,
                rows);
        return set.withReferenceAccuracy(ReplayJudge.accuracy(model, set));
    }

    private static List<KeptRows> frozenRows(
            OnnxGraph graph, Set<String> trainable, ModelInputs inputs, LearningProgress progress)
            throws LearningException {
        try (Torch.Session torch = Torch.enter()) {
            Weights weights = new Weights(graph, trainable, torch.manager());
            return new TunedPart(torch, graph, weights, trainable, inputs, List.of(), progress).frozenRows();
        }
    }
}
