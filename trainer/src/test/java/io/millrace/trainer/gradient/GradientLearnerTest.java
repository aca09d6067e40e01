package io.millrace.trainer.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxTypes;
import io.millrace.trainer.config.GradientConfig;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gradient.torch.Torch;
import io.millrace.trainer.learn.Candidate;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import io.millrace.trainer.learn.LearningTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GradientLearnerTest {
    private static final ExampleSet NONE = new ExampleSet(List.of());
    private static final ExampleSet TRAINING = Networks.ring(3_000, 1);
    private static final ExampleSet VALIDATION = Networks.ring(500, 2);
    private static final ExampleSet UNSEEN = Networks.ring(1_000, 3);

    private final Bundle champion = Networks.untrained(11, 32, 16);

    @Test
    void learnsWhatItIsShown() throws LearningException {
        Candidate candidate = learn(champion, config(12, 2), TRAINING, VALIDATION, NONE, 5);

        assertThat(Networks.accuracy(champion.model(), UNSEEN)).isLessThan(0.75);
        assertThat(Networks.accuracy(model(candidate), UNSEEN)).isGreaterThan(0.93);
        assertThat(candidate.notes().get("trainable")).startsWith("all: 6 tensors, 722 numbers");
        assertThat(candidate.notes().get("export-parity")).matches("\\d\\.\\de-0[5-9]|0\\.0e\\+00");
    }

    @Test
    void theResultIsLoadedByTheStreamsOwnLoader() throws LearningException, ModelRefusedException {
        Candidate candidate = learn(champion, config(1, 1), TRAINING, NONE, NONE, 5);

        Bundle bundle = Bundle.of(champion.manifest(), candidate.blobs());
        ModelLoader loader = new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, 64);
        loader.load(new ModelRef("ring", 2), bundle).close();
    }

    @Test
    void sameExamplesAndSeedGiveTheSameBytesAndAnotherSeedOthers() throws LearningException {
        byte[] once = model(learn(champion, config(3, 2), TRAINING, VALIDATION, NONE, 5));
        byte[] again = model(learn(champion, config(3, 2), TRAINING, VALIDATION, NONE, 5));
        byte[] otherwise = model(learn(champion, config(3, 2), TRAINING, VALIDATION, NONE, 6));

        assertThat(again).isEqualTo(once);
        assertThat(otherwise).isNotEqualTo(once);
    }

    @ParameterizedTest(name = "{0} moves {1}")
    @CsvSource({
        "head, head.bias head.weight",
        "last: 1, dense.1.bias dense.1.weight head.bias head.weight",
        "'dense.0.bias, head.bias', dense.0.bias head.bias",
        "all, dense.0.bias dense.0.weight dense.1.bias dense.1.weight head.bias head.weight"
    })
    void onlyTheTrainablePartMoves(String part, String moved) throws LearningException {
        Candidate candidate = new GradientLearner(config(2, 2), TrainablePart.parse(part))
                .learn(champion, task(), LearningProgress.SILENT);

        Map<String, float[]> before = Networks.weights(champion.model());
        Map<String, float[]> after = Networks.weights(model(candidate));
        TreeSet<String> changed = new TreeSet<>();
        before.forEach((name, elements) -> {
            if (!Arrays.equals(elements, after.get(name))) {
                changed.add(name);
            }
        });
        assertThat(String.join(" ", changed)).isEqualTo(moved);
    }

    @Test
    void stopsWhenLaterExamplesNoLongerGainAndTakesTheBestWeights() throws LearningException {
        ExampleSet opposite = new ExampleSet(VALIDATION.examples().stream()
                .map(example -> new Example(
                        example.eventId(),
                        example.eventTimeMillis(),
                        example.labelledAtMillis(),
                        Objects.requireNonNull(example.features()),
                        null,
                        1 - example.label(),
                        1,
                        0.5,
                        1,
                        null))
                .toList());

        Bundle learned = Bundle.of(
                champion.manifest(),
                learn(champion, config(12, 2), TRAINING, NONE, NONE, 5).blobs());
        Candidate candidate = learn(learned, config(20, 3), TRAINING, opposite, NONE, 5);

        assertThat(candidate.notes().get("tuning")).startsWith("3 epochs");
        assertThat(candidate.notes().get("early-stopping")).endsWith("best epoch 0");
        assertThat(model(candidate)).isEqualTo(learned.model());
    }

    @Test
    void whatIsReplayedIsNotForgotten() throws LearningException {
        Bundle learned = Bundle.of(
                champion.manifest(),
                learn(champion, config(12, 2), TRAINING, NONE, NONE, 5).blobs());
        ExampleSet onlyInside = TRAINING.where(example -> example.label() == 1);
        List<Example> oneSided = new ArrayList<>(onlyInside.examples().subList(0, 300));
        oneSided.add(TRAINING.where(example -> example.label() == 0).examples().get(0));
        ExampleSet news = new ExampleSet(oneSided);

        Candidate forgetful = learn(learned, config(6, 1), news, NONE, NONE, 5);
        Candidate mindful = learn(learned, config(6, 1), news, NONE, Networks.ring(600, 4), 5);

        assertThat(Networks.accuracy(model(mindful), UNSEEN))
                .isGreaterThan(Networks.accuracy(model(forgetful), UNSEEN) + 0.05);
    }

    @Test
    void anExampleWithoutWeightTeachesNothing() throws LearningException {
        ExampleSet weightless = Networks.ring(300, 77, 0);
        List<Example> both = new ArrayList<>(TRAINING.examples());
        both.addAll(weightless.examples());
        GradientConfig oneBatch = GradientConfig.of(0.01, 0.0, 0.0, 3, 100_000, 1e6, 1, null, false);

        Map<String, float[]> alone = Networks.weights(model(learn(champion, oneBatch, TRAINING, NONE, NONE, 5)));
        Map<String, float[]> with =
                Networks.weights(model(learn(champion, oneBatch, new ExampleSet(both), NONE, NONE, 5)));

        alone.forEach((name, elements) -> assertThat(with.get(name)).as(name).containsExactly(elements, within(2e-4f)));
    }

    @Test
    void nativeMemoryIsGivenBackAfterEachRun() throws IOException, LearningException {
        Bundle wide = Networks.untrained(11, 512, 512);
        GradientConfig config = GradientConfig.of(0.001, 0.01, 0.1, 2, 256, 1.0, 2, null, false);
        for (int warmUp = 0; warmUp < 4; warmUp++) {
            learn(wide, config, TRAINING, VALIDATION, NONE, warmUp);
        }
        int tensors = livingTensors();
        long before = residentBytes();

        for (int run = 0; run < 12; run++) {
            learn(wide, config, TRAINING, VALIDATION, NONE, run);
        }

        assertThat(livingTensors()).isEqualTo(tensors);
        // One tensor lost at each of the 288 steps would be 150 MB; what is left is the Java heap's.
        assertThat(residentBytes() - before).isLessThan(120_000_000);
    }

    private static int livingTensors() {
        try (Torch.Session torch = Torch.enter()) {
            return torch.manager().getParentManager().getManagedArrays().size();
        }
    }

    private static long residentBytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        assumeTrue(Files.exists(status), "resident memory is read from /proc, which is not here");
        // The Java heap is part of it, and would otherwise be as large as its garbage.
        System.gc();
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aModelThatIsNoNetworkIsRefused() {
        byte[] trees = new GraphBuilder("trees")
                .input("features", OnnxTypes.FLOAT, -1, Networks.WIDTH)
                .output("probabilities", OnnxTypes.FLOAT, -1, 2)
                .node(
                        GraphBuilder.ML_DOMAIN,
                        "TreeEnsembleClassifier",
                        List.of("features"),
                        List.of("label", "probabilities"),
                        List.of())
                .toModel()
                .toByteArray();
        Bundle bundle = bundle(trees, "all");

        assertThatThrownBy(() -> learn(bundle, config(1, 1), TRAINING, NONE, NONE, 5))
                .isInstanceOf(LearningException.class)
                .hasMessageContaining("trees need the trees learner");
    }

    @Test
    void anUnsupportedOperatorIsNamedBeforeAnythingIsLearned() {
        byte[] odd = new GraphBuilder("odd")
                .input("features", OnnxTypes.FLOAT, -1, Networks.WIDTH)
                .output("probabilities", OnnxTypes.FLOAT, -1, 2)
                .weights("w", new float[Networks.WIDTH * 2], Networks.WIDTH, 2)
                .node("MatMul", List.of("features", "w"), List.of("sums"))
                .node("Hardmax", List.of("sums"), List.of("probabilities"))
                .toModel()
                .toByteArray();

        assertThatThrownBy(() -> learn(bundle(odd, "head"), config(1, 1), TRAINING, NONE, NONE, 5))
                .isInstanceOf(LearningException.class)
                .hasMessageStartingWith("node 'Hardmax_1' (Hardmax) is not among the supported operators");
    }

    @Test
    void aManifestThatNamesNoTrainablePartOrAWrongOneIsRefused() {
        assertThatThrownBy(() -> learn(bundle(champion.model(), null), config(1, 1), TRAINING, NONE, NONE, 5))
                .hasMessageContaining("set trainable to head, last: k, all, or names of weights");
        assertThatThrownBy(() -> learn(bundle(champion.model(), "dense.7.bias"), config(1, 1), TRAINING, NONE, NONE, 5))
                .hasMessageContaining("'dense.7.bias'")
                .hasMessageContaining("dense.0.weight");
        assertThatThrownBy(() -> learn(bundle(champion.model(), "last: 3"), config(1, 1), TRAINING, NONE, NONE, 5))
                .hasMessageContaining("only 3 dense layers");
    }

    @Test
    void examplesOfOneClassAreRefused() {
        ExampleSet inside = TRAINING.where(example -> example.label() == 1);

        assertThatThrownBy(() -> learn(champion, config(1, 1), inside, NONE, NONE, 5))
                .isInstanceOf(LearningException.class)
                .hasMessageContaining("are of 1 classes");
    }

    private Bundle bundle(byte[] model, @Nullable String trainable) {
        ManifestBuilder manifest = new ManifestBuilder(
                        "ring", Task.BINARY_CLASSIFICATION, champion.manifest().classes())
                .trainable(trainable);
        if (champion.manifest().featureSet() != null) {
            manifest.featureSet(champion.manifest().featureSet());
        }
        return Bundle.of(manifest.build(), Map.of(Bundle.MODEL_BLOB, model));
    }

    private static LearningTask task() {
        return new LearningTask(TRAINING, VALIDATION, NONE, 5);
    }

    private static Candidate learn(
            Bundle champion,
            GradientConfig config,
            ExampleSet training,
            ExampleSet validation,
            ExampleSet replay,
            long seed)
            throws LearningException {
        return new GradientLearner(config, null)
                .learn(champion, new LearningTask(training, validation, replay, seed), LearningProgress.SILENT);
    }

    private static byte[] model(Candidate candidate) {
        byte[] model = candidate.blobs().get(Bundle.MODEL_BLOB);
        if (model == null) {
            throw new AssertionError("no model");
        }
        return model;
    }

    private static GradientConfig config(int epochs, int patience) {
        return GradientConfig.of(0.02, 0.01, 0.1, epochs, 64, 1.0, patience, null, false);
    }
}
