package io.millrace.trainer.gradient;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.TextSettings;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.text.HuggingFaceEncoder;
import io.millrace.inference.text.TextEncoder;
import io.millrace.inference.text.Tokens;
import io.millrace.inference.text.UnreadableTokenizerException;
import io.millrace.trainer.data.TrainingRows;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.gradient.graph.OnnxGraph;
import io.millrace.trainer.gradient.replay.ReplaySet;
import io.millrace.trainer.gradient.tuning.FeatureInputs;
import io.millrace.trainer.gradient.tuning.ModelInputs;
import io.millrace.trainer.gradient.tuning.TextInputs;
import io.millrace.trainer.learn.LearningException;
import java.util.ArrayList;
import java.util.List;

/** Examples as the champion's graph takes them: rows of features, or tokens of texts. */
final class ExampleInputs {
    private ExampleInputs() {}

    static ModelInputs of(Bundle champion, OnnxGraph graph, List<Example> examples) throws LearningException {
        FeatureSet features = champion.manifest().featureSet();
        TextSettings text = champion.manifest().text();
        if (text != null) {
            return texts(champion, text, graph, examples);
        }
        if (features != null) {
            return rows(champion, features, examples);
        }
        throw new IllegalStateException("a manifest has a feature set or says how texts are read");
    }

    /**
     * The same, and behind them examples of which nothing but their lengths is known.
     *
     * @throws LearningException if the model takes no texts
     */
    static ModelInputs andLengths(ModelInputs inputs, int[] tokens) throws LearningException {
        if (tokens.length == 0) {
            return inputs;
        }
        if (!(inputs instanceof TextInputs texts)) {
            throw new LearningException(
                    ReplaySet.BLOB + " is for models of texts, this one takes features: leave it out of the bundle");
        }
        List<Tokens> all = new ArrayList<>(texts.texts());
        for (int length : tokens) {
            all.add(new Tokens(new int[length], new int[length], false, 0));
        }
        return new TextInputs(all);
    }

    private static ModelInputs texts(Bundle champion, TextSettings text, OnnxGraph graph, List<Example> examples)
            throws LearningException {
        byte[] tokenizer = champion.blobs().get(Bundle.TOKENIZER_BLOB);
        if (tokenizer == null) {
            throw new LearningException("model " + champion.manifest().name() + " reads texts but has no "
                    + Bundle.TOKENIZER_BLOB + ": add the encoder's own to the bundle");
        }
        List<Tokens> tokens = new ArrayList<>();
        try (TextEncoder encoder = HuggingFaceEncoder.of(tokenizer, text.maxTokens())) {
            for (Example example : examples) {
                String read = example.text();
                if (read == null) {
                    throw new LearningException("example " + example.eventId() + " has no text, which the model reads");
                }
                tokens.add(encoder.encode(read));
            }
        } catch (UnreadableTokenizerException unreadable) {
            throw new LearningException(
                    "model " + champion.manifest().name() + ": " + unreadable.getMessage(), unreadable);
        }
        TextInputs inputs = new TextInputs(tokens);
        if (!inputs.names().containsAll(graph.inputs())) {
            throw new LearningException("the graph reads " + graph.inputs() + ", but of texts there are only "
                    + inputs.names() + ": export the encoder with these inputs");
        }
        return inputs;
    }

    private static ModelInputs rows(Bundle champion, FeatureSet features, List<Example> examples)
            throws LearningException {
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
