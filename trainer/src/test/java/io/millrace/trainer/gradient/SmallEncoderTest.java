package io.millrace.trainer.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.bundle.Bundle;
import io.millrace.trainer.config.GradientConfig;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gradient.graph.GraphNode;
import io.millrace.trainer.gradient.graph.OnnxGraph;
import io.millrace.trainer.learn.Candidate;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import io.millrace.trainer.learn.LearningTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An encoder in small, over texts of made-up words: those with the word "w7" are positive. */
class SmallEncoderTest {
    private static final ExampleSet NONE = new ExampleSet(List.of());

    private final Bundle champion = WordTexts.untrained("all");

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
        Candidate candidate = learn(WordTexts.untrained(trainable), texts(60, 1), texts(20, 2), 1);

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
        Bundle lastBlock = WordTexts.untrained("last: 1");

        assertThat(learn(lastBlock, texts(60, 1), texts(20, 2), 2).blobs())
                .usingRecursiveComparison()
                .isEqualTo(learn(lastBlock, texts(60, 1), texts(20, 2), 2).blobs());
    }

    @Test
    void aLearningThatWasCutOffGoesOnFromItsCheckpointToTheSameBytes(@TempDir Path folder) throws LearningException {
        Bundle all = WordTexts.untrained("all");
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

    private static ExampleSet texts(int count, long seed) {
        return WordTexts.with(7, 3, count, seed);
    }
}
