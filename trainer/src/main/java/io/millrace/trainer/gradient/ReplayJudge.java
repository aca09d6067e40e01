package io.millrace.trainer.gradient;

import io.millrace.inference.bundle.Bundle;
import io.millrace.trainer.gradient.execution.Weights;
import io.millrace.trainer.gradient.graph.OnnxGraph;
import io.millrace.trainer.gradient.replay.ReplaySet;
import io.millrace.trainer.gradient.torch.Torch;
import io.millrace.trainer.gradient.tuning.Targets;
import io.millrace.trainer.gradient.tuning.TextInputs;
import io.millrace.trainer.gradient.tuning.TunedPart;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How good a model is on the domain that it was first made for, told by a replay set.
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
        ReplaySet judging = replay.only(replay.judged());
        int size = judging.size();
        if (size == 0) {
            throw new LearningException(ReplaySet.BLOB + " has no example to judge by: write it again with some");
        }
        double[] once = new double[size];
        Arrays.fill(once, 1);
        OnnxGraph graph = OnnxGraph.parse(model.model(), model.manifest().output());
        Set<String> trainable = TrainableTensors.of(graph, TrainablePart.of(model.manifest()));
        try (Torch.Session torch = Torch.enter()) {
            Weights weights = new Weights(graph, trainable, torch.manager());
            TunedPart part = new TunedPart(
                    torch,
                    graph,
                    weights,
                    trainable,
                    ExampleInputs.andLengths(new TextInputs(List.of()), judging.tokens()),
                    judging.values(),
                    LearningProgress.SILENT);
            return part.judge(
                            IntStream.range(0, size).toArray(), new Targets(judging.labels(), once, judging.classes()))
                    .accuracy();
        }
    }
}
