package io.millrace.trainer.gradient;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.text.TextDecision;
import io.millrace.trainer.gradient.execution.Weights;
import io.millrace.trainer.gradient.graph.OnnxGraph;
import io.millrace.trainer.gradient.replay.ReplaySet;
import io.millrace.trainer.gradient.torch.Torch;
import io.millrace.trainer.gradient.tuning.TextInputs;
import io.millrace.trainer.gradient.tuning.TunedPart;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a model says of examples of which only what its frozen part makes of them is known: how good it still is on the
 * domain that it was first made for.
 *
 * <p>Threading: stateless; waits for its turn with the engine. Lifecycle: all native memory is freed before a method
 * returns.
 */
public final class ReplayJudge {
    private ReplayJudge() {}

    /**
     * Share of the judging examples whose class the model finds.
     *
     * @param model one whose manifest calls trainable what the set's values are fed to
     * @throws LearningException if it is none, or no example judges
     */
    public static double accuracy(Bundle model, ReplaySet replay) throws LearningException {
        int[] judged = replay.judged();
        if (judged.length == 0) {
            throw new LearningException(ReplaySet.BLOB + " has no example to judge by: write it again with some");
        }
        ReplaySet judging = replay.only(judged);
        int[] decided = decided(model, judging);
        long right = IntStream.range(0, judged.length)
                .filter(i -> decided[i] == judging.labels()[i])
                .count();
        return (double) right / judged.length;
    }

    /**
     * The class that the model puts each example in at its manifest's threshold, as the stream does.
     *
     * @param model one whose manifest calls trainable what the set's values are fed to
     */
    public static int[] decided(Bundle model, ReplaySet examples) throws LearningException {
        OnnxGraph graph = OnnxGraph.parse(model.model(), model.manifest().output());
        Set<String> trainable = TrainableTensors.of(graph, TrainablePart.of(model.manifest()));
        try (Torch.Session torch = Torch.enter()) {
            Weights weights = new Weights(graph, trainable, torch.manager());
            TunedPart part = new TunedPart(
                    torch,
                    graph,
                    weights,
                    trainable,
                    ExampleInputs.andLengths(new TextInputs(List.of()), examples.tokens()),
                    examples.values(),
                    LearningProgress.SILENT);
            float[][] probabilities =
                    part.probabilities(IntStream.range(0, examples.size()).toArray());
            double threshold = model.manifest().threshold();
            return Arrays.stream(probabilities)
                    .mapToInt(row -> TextDecision.label(wide(row), threshold))
                    .toArray();
        }
    }

    private static double[] wide(float[] row) {
        return IntStream.range(0, row.length).mapToDouble(i -> row[i]).toArray();
    }
}
