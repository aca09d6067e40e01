package io.millrace.trainer.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.feature.FeatureDefinition;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FieldFeature;
import io.millrace.inference.metrics.ProbabilityMetrics;
import io.millrace.inference.metrics.ScoredLabels;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.trainer.config.TreesConfig;
import io.millrace.trainer.data.TrainingRows;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.learn.Candidate;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import io.millrace.trainer.learn.LearningTask;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TreesLearnerTest {
    private static final ExampleSet NONE = new ExampleSet(List.of());
    private static final TreesConfig CONFIG = TreesConfig.of(10, 60, 40, 0.3, 4);
    private static final TrainedTrees BOOSTER =
            new TreeTrainer(new TreeSettings(20, 0.3, 4, 1, 1, 7)).train(TreeRows.rows(1_000, 1));
    private static final Bundle CHAMPION = champion(TreeRows.WIDTH, Map.of(BoosterBlob.PATH, BOOSTER.booster()));

    @Test
    void continuesTheChampionsTreesAndJudgesUnseenRowsBetter() throws LearningException {
        LearningTask task = new LearningTask(examples(4_000, 2, row -> 1), NONE, NONE, 0);
        long openBefore = LoadedModel.openSessions();

        Candidate candidate = new TreesLearner(CONFIG).learn(CHAMPION, task, LearningProgress.SILENT);

        BoostedTrees before = BoostedTrees.ofXgboostJson(BOOSTER.json());
        BoostedTrees after = trees(candidate);
        assertThat(after.trees()).hasSize(30);
        assertThat(after.trees().subList(0, 20)).isEqualTo(before.trees());
        assertThat(candidate.blobs().get(Bundle.MODEL_BLOB)).isEqualTo(TreeEnsembleExport.toOnnx(after));
        assertThat(logLoss(booster(candidate))).isLessThan(logLoss(BOOSTER.booster()));
        assertThat(candidate.notes())
                .containsEntry("trees-before", "20")
                .containsEntry("trees-after", "30")
                .containsEntry("mode", "continued from the champion's booster")
                .containsKey("export-parity");
        assertThat(LoadedModel.openSessions()).isEqualTo(openBefore);
    }

    @Test
    void learnsFromValidationAndReplayToo() throws LearningException {
        ExampleSet all = examples(3_000, 2, row -> 1);
        LearningTask together = new LearningTask(all, NONE, NONE, 0);
        LearningTask apart =
                new LearningTask(slice(all, 1_000, 2_000), slice(all, 2_000, 3_000), slice(all, 0, 1_000), 0);

        Candidate first = new TreesLearner(CONFIG).learn(CHAMPION, together, LearningProgress.SILENT);
        Candidate second = new TreesLearner(CONFIG).learn(CHAMPION, apart, LearningProgress.SILENT);

        assertThat(second.blobs().get(BoosterBlob.PATH)).isEqualTo(first.blobs().get(BoosterBlob.PATH));
    }

    @Test
    void theSameTaskGivesTheSameBytesTwiceContinuedOrFresh() throws LearningException {
        LearningTask task = new LearningTask(examples(2_000, 2, row -> 1), NONE, NONE, 5);

        for (int maxTrees : new int[] {60, 29}) {
            TreesConfig config = TreesConfig.of(10, maxTrees, 20, 0.3, 4);
            Candidate first = new TreesLearner(config).learn(CHAMPION, task, LearningProgress.SILENT);
            Candidate second = new TreesLearner(config).learn(CHAMPION, task, LearningProgress.SILENT);

            assertThat(second.blobs().keySet()).isEqualTo(first.blobs().keySet());
            first.blobs()
                    .forEach((path, bytes) ->
                            assertThat(second.blobs().get(path)).isEqualTo(bytes));
            assertThat(second.notes()).isEqualTo(first.notes());
        }
    }

    @Test
    void growsFromNothingWhenTheNextTreesWouldPassTheBound() throws LearningException {
        LearningTask task = new LearningTask(examples(2_000, 2, row -> 1), NONE, NONE, 0);

        Candidate atTheBound =
                new TreesLearner(TreesConfig.of(10, 30, 15, 0.3, 4)).learn(CHAMPION, task, LearningProgress.SILENT);
        Candidate pastTheBound =
                new TreesLearner(TreesConfig.of(10, 29, 15, 0.3, 4)).learn(CHAMPION, task, LearningProgress.SILENT);

        assertThat(trees(atTheBound).trees()).hasSize(30);
        assertThat(trees(pastTheBound).trees()).hasSize(15);
        assertThat(pastTheBound.notes()).containsEntry("mode", "grown from nothing");
    }

    @Test
    void weighsExamplesAsTheySay() throws LearningException {
        ExampleSet twice = examples(2_000, 2, row -> row % 2 == 0 ? 2 : 0);
        ExampleSet doubled = repeated(examples(2_000, 2, row -> 1), row -> row % 2 == 0 ? 2 : 0);

        Candidate byWeight = new TreesLearner(CONFIG)
                .learn(CHAMPION, new LearningTask(twice, NONE, NONE, 0), LearningProgress.SILENT);
        Candidate byCount = new TreesLearner(CONFIG)
                .learn(CHAMPION, new LearningTask(doubled, NONE, NONE, 0), LearningProgress.SILENT);

        TrainingRows unseen = TreeRows.rows(500, 3);
        float[] first = TreeTrainer.probabilities(TreeTrainer.read(booster(byWeight)), unseen);
        float[] second = TreeTrainer.probabilities(TreeTrainer.read(booster(byCount)), unseen);
        for (int row = 0; row < first.length; row++) {
            assertThat(Math.abs(first[row] - second[row])).isLessThan(1e-4f);
        }
    }

    @Test
    void anInfiniteFeatureSpoilsNothing() throws LearningException {
        ExampleSet examples = examples(2_000, 2, row -> 1);
        ExampleSet withInfinity = examples.and(new ExampleSet(List.of(
                example("beyond", 2_000, infinite(Float.POSITIVE_INFINITY), 1, 1),
                example("below", 2_001, infinite(Float.NEGATIVE_INFINITY), 0, 1))));

        Candidate candidate = new TreesLearner(CONFIG)
                .learn(CHAMPION, new LearningTask(withInfinity, NONE, NONE, 0), LearningProgress.SILENT);

        assertThat(trees(candidate).trees()).hasSize(30);
        assertThat(logLoss(booster(candidate))).isLessThan(logLoss(BOOSTER.booster()));
    }

    private static float[] infinite(float value) {
        float[] features = new float[TreeRows.WIDTH];
        Arrays.fill(features, value);
        return features;
    }

    @Test
    void aChampionThatCannotBeContinuedIsRefusedWithTheReason() {
        LearningTask task = new LearningTask(examples(100, 2, row -> 1), NONE, NONE, 0);

        assertRefused(champion(TreeRows.WIDTH, Map.of()), task, "has no booster.ubj", "gradient");
        assertRefused(
                champion(TreeRows.WIDTH, Map.of(BoosterBlob.PATH, "none".getBytes(StandardCharsets.UTF_8))),
                task,
                "booster.ubj cannot be continued");
        assertRefused(
                champion(4, Map.of(BoosterBlob.PATH, BOOSTER.booster())), task, "takes 6 features", "'fields' has 4");
    }

    @Test
    void examplesThatDoNotSufficeAreRefusedWithTheirNumbers() {
        ExampleSet negatives = examples(500, 2, row -> 1).where(example -> example.label() == 0);
        ExampleSet narrow = new ExampleSet(List.of(example("narrow", 0, new float[2], 1, 1)));

        assertRefused(CHAMPION, new LearningTask(negatives, NONE, NONE, 0), "0 positive of " + negatives.size());
        assertRefused(CHAMPION, new LearningTask(narrow, NONE, NONE, 0), "narrow has 2 features, the model has 6");
    }

    private static void assertRefused(Bundle champion, LearningTask task, String... parts) {
        assertThatThrownBy(() -> new TreesLearner(CONFIG).learn(champion, task, LearningProgress.SILENT))
                .isInstanceOf(LearningException.class)
                .hasMessageContainingAll(parts);
    }

    private static BoostedTrees trees(Candidate candidate) {
        return BoostedTrees.ofXgboostJson(TreeTrainer.read(booster(candidate)).json());
    }

    private static byte[] booster(Candidate candidate) {
        return Objects.requireNonNull(candidate.blobs().get(BoosterBlob.PATH));
    }

    private static double logLoss(byte[] booster) {
        TrainingRows unseen = TreeRows.rows(3_000, 3);
        float[] probabilities = TreeTrainer.probabilities(TreeTrainer.read(booster), unseen);
        boolean[] positives = new boolean[unseen.rows()];
        for (int row = 0; row < positives.length; row++) {
            positives[row] = unseen.labels()[row] > 0;
        }
        double[] scores = IntStream.range(0, probabilities.length)
                .mapToDouble(row -> probabilities[row])
                .toArray();
        return ProbabilityMetrics.logLoss(new ScoredLabels(scores, positives));
    }

    private static Bundle champion(int width, Map<String, byte[]> others) {
        List<FeatureDefinition> fields = new ArrayList<>();
        for (int column = 0; column < width; column++) {
            fields.add(new FieldFeature("f" + column, "f" + column));
        }
        Map<String, byte[]> blobs = new HashMap<>(others);
        blobs.put(Bundle.MODEL_BLOB, TreeEnsembleExport.toOnnx(BoostedTrees.ofXgboostJson(BOOSTER.json())));
        return Bundle.of(
                new ManifestBuilder("trees", Task.BINARY_CLASSIFICATION, List.of("NO", "YES"))
                        .featureSet(new FeatureSet("fields", "UTC", fields))
                        .build(),
                blobs);
    }

    private static ExampleSet examples(int count, long seed, ToDoubleFunction<Integer> weight) {
        TrainingRows rows = TreeRows.rows(count, seed);
        List<Example> examples = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            float[] features = Arrays.copyOfRange(rows.values(), row * rows.width(), (row + 1) * rows.width());
            examples.add(example("e" + row, row, features, rows.labels()[row] > 0 ? 1 : 0, weight.applyAsDouble(row)));
        }
        return new ExampleSet(examples);
    }

    private static ExampleSet repeated(ExampleSet examples, ToDoubleFunction<Integer> times) {
        List<Example> repeated = new ArrayList<>();
        for (int row = 0; row < examples.size(); row++) {
            Example example = examples.examples().get(row);
            for (int time = 0; time < times.applyAsDouble(row); time++) {
                float[] features = example.features() == null ? new float[0] : example.features();
                repeated.add(example(
                        example.eventId() + "/" + time, example.eventTimeMillis(), features, example.label(), 1));
            }
        }
        return new ExampleSet(repeated);
    }

    private static ExampleSet slice(ExampleSet examples, int from, int to) {
        return new ExampleSet(examples.examples().subList(from, to));
    }

    private static Example example(String id, long timeMillis, float[] features, int label, double weight) {
        return new Example(id, timeMillis, timeMillis, features, null, label, weight, 0.5, 1, null);
    }
}
