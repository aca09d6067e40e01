package io.millrace.trainer.gradient;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.trainer.data.TrainingRows;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.gradient.graph.OnnxGraph;
import io.millrace.trainer.gradient.tuning.FeatureInputs;
import io.millrace.trainer.gradient.tuning.ModelInputs;
import io.millrace.trainer.learn.LearningException;
import java.util.List;

/** Examples as the champion's graph takes them: rows of features, or tokens of texts. */
final class ExampleInputs {
    private ExampleInputs() {}

    static ModelInputs of(Bundle champion, OnnxGraph graph, List<Example> examples) throws LearningException {
        FeatureSet features = champion.manifest().featureSet();
        if (champion.manifest().task() == Task.TEXT_CLASSIFICATION || features == null) {
            throw new LearningException("texts cannot be tuned yet, graph has " + graph.inputs());
        }
        int width = features.size();
        float[] values = new float[Math.multiplyExact(examples.size(), width)];
        for (int row = 0; row < examples.size(); row++) {
            float[] own = examples.get(row).features();
            if (own == null || own.length != width) {
                throw new LearningException("example " + examples.get(row).eventId() + " has "
                        + (own == null ? "no" : String.valueOf(own.length)) + " features, the model has " + width);
            }
            System.arraycopy(own, 0, values, row * width, width);
        }
        return new FeatureInputs(
                champion.manifest().input(), new TrainingRows(values, new float[examples.size()], width));
    }
}
