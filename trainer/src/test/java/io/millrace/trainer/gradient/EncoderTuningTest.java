package io.millrace.trainer.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.onnx.GraphSession;
import io.millrace.inference.text.HuggingFaceEncoder;
import io.millrace.inference.text.TextEncoder;
import io.millrace.inference.text.Tokens;
import io.millrace.inference.text.UnreadableTokenizerException;
import io.millrace.trainer.config.GradientConfig;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gradient.tuning.TextInputs;
import io.millrace.trainer.learn.Candidate;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import io.millrace.trainer.learn.LearningTask;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The pre-trained encoder of 33 million numbers on a few hundred sentences. */
class EncoderTuningTest {
    private static final ExampleSet NONE = new ExampleSet(List.of());

    @Test
    void theHeadAndTheLastTwoBlocksLearnTheSentimentOfSentences()
            throws IOException, LearningException, UnreadableTokenizerException {
        assumeTrue(Files.exists(Sentences.TRAINING), Sentences.TRAINING + " is missing, get the data for this test");
        Bundle champion = champion("last: 2");
        ExampleSet unseen = Sentences.some(Sentences.DEVELOPMENT, 100, 1);
        LearningTask task = new LearningTask(
                Sentences.some(Sentences.TRAINING, 256, 2), Sentences.some(Sentences.TRAINING, 48, 3), NONE, 4);

        GradientConfig config = GradientConfig.of(5e-4, 0.01, 0.1, 2, 16, 1.0, 2, null, false);
        Candidate candidate = new GradientLearner(config, null).learn(champion, task, LearningProgress.SILENT);

        Bundle tuned = Bundle.of(champion.manifest(), candidate.blobs());
        assertThat(accuracy(champion, unseen)).isLessThan(0.7);
        assertThat(accuracy(tuned, unseen)).isGreaterThan(0.78);
        assertThat(candidate.notes().get("trainable")).startsWith("last: 2: 34 tensors");
        assertThat(Double.parseDouble(String.valueOf(candidate.notes().get("export-parity"))))
                .isLessThan(1e-4);
    }

    private static Bundle champion(String trainable) throws IOException {
        Manifest manifest = new ManifestBuilder("sentiment", Task.TEXT_CLASSIFICATION, List.of("NEGATIVE", "POSITIVE"))
                .input("input_ids")
                .output(ClassifierHead.OUTPUT)
                .trainable(trainable)
                .build();
        byte[] model = new ClassifierHead("last_hidden_state", 384, 2, 5).on(resource("bge-small-en-v1.5.onnx"));
        return Bundle.of(
                manifest,
                Map.of(Bundle.MODEL_BLOB, model, "tokenizer.json", resource("bge-small-en-v1.5-tokenizer.json")));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream resource = EncoderTuningTest.class.getResourceAsStream("/" + name)) {
            if (resource == null) {
                throw new IOException(name + " is not on the class path");
            }
            return resource.readAllBytes();
        }
    }

    private static double accuracy(Bundle bundle, ExampleSet examples) throws UnreadableTokenizerException {
        byte[] tokenizer = bundle.blobs().get("tokenizer.json");
        List<Tokens> tokens = new ArrayList<>();
        try (TextEncoder encoder = HuggingFaceEncoder.of(tokenizer == null ? new byte[0] : tokenizer, 64)) {
            examples.examples().stream().map(Example::text).forEach(text -> tokens.add(encoder.encode(text + "")));
        }
        TextInputs inputs = new TextInputs(tokens);
        int[] all = IntStream.range(0, inputs.size()).toArray();
        try (GraphSession session = GraphSession.open(bundle.model())) {
            float[] probabilities = session.run(inputs.batch(all, inputs.longest(all)), ClassifierHead.OUTPUT)
                    .requireFloats();
            int right = 0;
            for (int i : all) {
                int answer = probabilities[2 * i + 1] > probabilities[2 * i] ? 1 : 0;
                right += answer == examples.examples().get(i).label() ? 1 : 0;
            }
            return (double) right / inputs.size();
        }
    }
}
