package io.millrace.trainer.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.trainer.config.GradientConfig;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gradient.graph.GraphNode;
import io.millrace.trainer.gradient.graph.OnnxGraph;
import io.millrace.trainer.learn.Candidate;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import io.millrace.trainer.learn.LearningTask;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An encoder in small, over texts of made-up words: those with the word "w7" are positive. */
class SmallEncoderTest {
    private static final int WORDS = 40;
    private static final ExampleSet NONE = new ExampleSet(List.of());

    private final Bundle champion = champion("all");

    @Test
    void writtenOutNormsAndGelusAreTakenAsOneNodeEach() throws LearningException {
        OnnxGraph graph = OnnxGraph.parse(champion.model(), ClassifierHead.OUTPUT);

        Map<String, Long> operators =
                graph.nodes().stream().collect(Collectors.groupingBy(GraphNode::operator, Collectors.counting()));
        assertThat(operators)
                .containsEntry("LayerNormalization", 7L)
                .containsEntry("Gelu", 3L)
                .doesNotContainKeys("Erf", "ReduceMean", "Sqrt");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"head", "last: 1", "last: 2", "all"})
    void whateverIsTrainableTheExportAgreesWithOnnxRuntime(String trainable) throws LearningException {
        Candidate candidate = learn(champion(trainable), texts(60, 1), texts(20, 2), 1);

        assertThat(Double.parseDouble(String.valueOf(candidate.notes().get("export-parity"))))
                .isLessThan(1e-5);
        assertThat(candidate.notes().get("frozen"))
                .startsWith(trainable.equals("all") ? "nothing kept" : trainable.equals("head") ? "5120 bytes" : "");
    }

    @Test
    void learnsToLookForAWord() throws LearningException {
        Candidate candidate = learn(champion, texts(400, 1), texts(100, 2), 6);

        String stopping = String.valueOf(candidate.notes().get("early-stopping"));
        double before = Double.parseDouble(stopping.replaceAll(".*loss ([0-9.]+) before.*", "$1"));
        double after = Double.parseDouble(stopping.replaceAll(".*, ([0-9.]+) after.*", "$1"));
        assertThat(before).isGreaterThan(0.6);
        assertThat(after).isLessThan(0.3);
    }

    @Test
    void sameTextsAndSeedGiveTheSameBytes() throws LearningException {
        Bundle lastBlock = champion("last: 1");

        assertThat(learn(lastBlock, texts(60, 1), texts(20, 2), 2).blobs())
                .usingRecursiveComparison()
                .isEqualTo(learn(lastBlock, texts(60, 1), texts(20, 2), 2).blobs());
    }

    @Test
    void aLearningThatWasCutOffGoesOnFromItsCheckpointToTheSameBytes(@TempDir Path folder) throws LearningException {
        Bundle all = champion("all");
        LearningTask task = new LearningTask(texts(120, 1), texts(20, 2), NONE, 3);
        Candidate uncut = new GradientLearner(config(3), null).learn(all, task, LearningProgress.SILENT);
        GradientLearner learner = new GradientLearner(config(3), null, new CheckpointFolder(folder, 3));

        List<Long> cuts = new ArrayList<>();
        for (int cut = 0; cut < 2; cut++) {
            long after = 10;
            List<String> heard = new ArrayList<>();
            assertThatThrownBy(() -> learner.learn(all, task, (step, done, total) -> {
                        heard.add(step + " " + done);
                        if (heard.stream()
                                        .filter(line -> line.startsWith("epoch"))
                                        .count()
                                == after) {
                            cuts.add(done);
                            throw new CancellationException("cut off");
                        }
                    }))
                    .isInstanceOf(CancellationException.class);
        }
        List<String> rest = new ArrayList<>();
        Candidate resumed = learner.learn(all, task, (step, done, total) -> rest.add(step));

        assertThat(cuts).as("places of the cuts").doesNotHaveDuplicates();
        assertThat(rest.stream().filter(step -> step.startsWith("epoch")).count())
                .as("steps after the last checkpoint, of 24")
                .isBetween(3L, 9L);
        assertThat(resumed.blobs()).usingRecursiveComparison().isEqualTo(uncut.blobs());
        assertThat(resumed.notes()).isEqualTo(uncut.notes());
    }

    @Test
    void aBundleWithoutItsTokenizerIsRefused() {
        Bundle without = Bundle.of(champion.manifest(), Map.of(Bundle.MODEL_BLOB, champion.model()));

        assertThatThrownBy(() -> learn(without, texts(60, 1), NONE, 1))
                .isInstanceOf(LearningException.class)
                .hasMessageContaining("has no tokenizer.json");
    }

    private static Candidate learn(Bundle champion, ExampleSet training, ExampleSet validation, int epochs)
            throws LearningException {
        return new GradientLearner(config(epochs), null)
                .learn(champion, new LearningTask(training, validation, NONE, 3), LearningProgress.SILENT);
    }

    private static GradientConfig config(int epochs) {
        return GradientConfig.of(2e-3, 0.01, 0.1, epochs, 16, 1.0, 3, null, true);
    }

    private static Bundle champion(String trainable) {
        byte[] encoder = new EncoderTemplate(3, 16, 4, 32, WORDS + 1, 24, 5).model();
        ManifestBuilder manifest = new ManifestBuilder("words", Task.TEXT_CLASSIFICATION, List.of("WITHOUT", "WITH"))
                .input("input_ids")
                .output(ClassifierHead.OUTPUT)
                .trainable(trainable);
        return Bundle.of(
                manifest.build(),
                Map.of(
                        Bundle.MODEL_BLOB,
                        new ClassifierHead(EncoderTemplate.OUTPUT, 16, 2, 5).on(encoder),
                        "tokenizer.json",
                        tokenizer().getBytes(StandardCharsets.UTF_8)));
    }

    private static String tokenizer() {
        String words = IntStream.range(0, WORDS)
                .mapToObj(word -> "\"w" + word + "\": " + (word + 1))
                .collect(Collectors.joining(", "));
        return """
                {"version": "1.0", "pre_tokenizer": {"type": "Whitespace"},
                 "model": {"type": "WordLevel", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, %s}}}
                """.formatted(words);
    }

    @SuppressWarnings("NullAway") // it does not see in class files that an array may be null
    private static ExampleSet texts(int count, long seed) {
        Random random = new Random(seed);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> words = new ArrayList<>();
            int length = 2 + random.nextInt(10);
            for (int k = 0; k < length; k++) {
                int word = random.nextInt(WORDS - 1);
                words.add("w" + (word < 7 ? word : word + 1));
            }
            boolean positive = random.nextInt(3) == 0;
            if (positive) {
                words.set(random.nextInt(length), "w7");
            }
            examples.add(new Example(
                    seed + "-" + i, i, i, null, String.join(" ", words), positive ? 1 : 0, 1, 0.5, 1, null));
        }
        return new ExampleSet(examples);
    }
}
