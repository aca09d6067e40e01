package io.millrace.trainer.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.bundle.assembly.BaseFiles;
import io.millrace.trainer.config.GradientConfig;
import io.millrace.trainer.config.StoppingMetric;
import io.millrace.trainer.gradient.CheckpointFolder;
import io.millrace.trainer.gradient.EncoderTemplate;
import io.millrace.trainer.gradient.TrainablePart;
import io.millrace.trainer.gradient.WordTexts;
import io.millrace.trainer.gradient.replay.ReplayFile;
import io.millrace.trainer.gradient.replay.ReplaySet;
import io.millrace.trainer.learn.LearningException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An encoder in small, over texts of made-up words: those with the word "w7" are positive. */
class SentimentPretrainingTest {
    private static final PretrainedEncoder SMALL =
            new PretrainedEncoder("org.example:small:1", "small.onnx", "small.json", EncoderTemplate.OUTPUT, 16);
    private static final BaseFiles BASE = Map.of(
            "small.onnx", new EncoderTemplate(2, 16, 4, 32, WordTexts.VOCABULARY, WordTexts.POSITIONS, 5).model(),
            "small.json", WordTexts.tokenizer())::get;

    @TempDir
    private Path folder;

    private Path train;
    private Path test;

    @BeforeEach
    void writeTexts() throws IOException {
        train = folder.resolve("train.tsv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(train))) {
            out.write(texts(600, 1).getBytes(StandardCharsets.UTF_8));
        }
        test = Files.writeString(folder.resolve("test.tsv"), texts(100, 2));
    }

    @Test
    void aTunedEncoderBecomesASmallFolderThatGivesTheBundleThatWasJudged() throws IOException, LearningException {
        PretrainedSentiment made = pretrain(null, PretrainingProgress.SILENT);

        BundleFolder.writeSmall(folder.resolve("bundle"), made.bundle(), made.form());
        Bundle read = BundleFolder.read(folder.resolve("bundle"), BASE);

        assertThat(read.blobs())
                .usingRecursiveComparison()
                .isEqualTo(made.bundle().blobs());
        Manifest manifest = read.manifest();
        assertThat(manifest.classes()).containsExactly("negative", "positive");
        assertThat(manifest.trainable()).isEqualTo("head");
        assertThat(manifest.golden()).hasSize(SentimentGolden.TEXTS.size());
        assertThat(manifest.lineage())
                .containsKeys("data-sha256", "temperature", "hold-out-int8", "test-fp32", "test-int8")
                .containsEntry("int8", "accepted")
                .containsEntry("hold-out", "60 sentences; they chose the epoch and the temperature");
        SentimentFigures figures = made.figures();
        assertThat(figures.tuned().accuracy()).isGreaterThan(0.9);
        assertThat(figures.fp32Test().accuracy()).isGreaterThan(0.9);
        assertThat(figures.fp32Test().texts()).isEqualTo(100);
    }

    @Test
    void calibrationLowersTheHeldOutLossAndChangesNoAnswer() throws IOException, LearningException {
        SentimentFigures figures = pretrain(null, PretrainingProgress.SILENT).figures();

        assertThat(figures.fp32HeldOut().logLoss()).isLessThan(figures.coded().logLoss());
        assertThat(figures.fp32HeldOut().accuracy()).isEqualTo(figures.coded().accuracy());
    }

    @Test
    void replayedSentencesAreBalancedAndHeldOutOnesJudge() throws IOException, LearningException {
        Bundle bundle = pretrain(null, PretrainingProgress.SILENT).bundle();

        ReplaySet replay = ReplayFile.read(Objects.requireNonNull(bundle.blobs().get(ReplaySet.BLOB)));
        int[] learned = replay.learned();
        assertThat(learned).hasSize(80);
        assertThat(IntStream.of(learned).filter(i -> replay.labels()[i] == 1).count())
                .isEqualTo(40);
        assertThat(replay.judged()).hasSize(60);
        assertThat(replay.referenceAccuracy()).isGreaterThan(0.9);
    }

    @Test
    void cutOffItGoesOnFromItsCheckpointToTheSameBytes() throws IOException, LearningException {
        PretrainedSentiment uncut = pretrain(null, PretrainingProgress.SILENT);
        CheckpointFolder checkpoints = new CheckpointFolder(folder.resolve("checkpoints"), 5);

        assertThatThrownBy(() -> pretrain(checkpoints, new CutOff("epoch 2", 6)))
                .isInstanceOf(CancellationException.class);
        CutOff never = new CutOff("epoch 1", Integer.MAX_VALUE);
        PretrainedSentiment resumed = pretrain(checkpoints, never);

        assertThat(never.heard).as("steps of the first epoch, which was done").isZero();
        assertThat(resumed.bundle().blobs())
                .usingRecursiveComparison()
                .isEqualTo(uncut.bundle().blobs());
        assertThat(resumed.bundle().manifestYaml()).isEqualTo(uncut.bundle().manifestYaml());
        assertThat(resumed.form().weights()).isEqualTo(uncut.form().weights());
        assertThat(resumed.form().graph()).isEqualTo(uncut.form().graph());
    }

    @Test
    void aLineOfAnotherFormIsNamed() throws IOException {
        Files.writeString(test, "1\tfine\nbad\tline\n");

        assertThatThrownBy(() -> pretrain(null, PretrainingProgress.SILENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("test.tsv, line 2: a label from 0 to 1, a tab and a text are wanted");
    }

    private PretrainedSentiment pretrain(@Nullable CheckpointFolder checkpoints, PretrainingProgress progress)
            throws IOException, LearningException {
        SentimentSettings settings = new SentimentSettings(
                "words",
                List.of("negative", "positive"),
                SMALL,
                GradientConfig.of(3e-3, 0.01, 0.06, 8, 16, 1.0, 8, StoppingMetric.ACCURACY, false),
                new TrainablePart.Last(2),
                WordTexts.POSITIONS,
                60,
                6,
                80,
                3);
        return new SentimentPretraining(settings, BASE, checkpoints, () -> 0, progress).run(train, test);
    }

    /** Ends a tuning after so many reports of a step. */
    private static final class CutOff implements PretrainingProgress {
        private final String step;
        private final int after;
        private int heard;

        CutOff(String step, int after) {
            this.step = step;
            this.after = after;
        }

        @Override
        public void featuresDone(long transactions) {}

        @Override
        public void step(String description) {}

        @Override
        public void tuning(String now, long done, long total) {
            heard += now.startsWith(step) ? 1 : 0;
            if (heard == after) {
                throw new CancellationException("cut off");
            }
        }
    }

    private static String texts(int count, long seed) {
        Random random = new Random(seed);
        return Stream.generate(() -> WordTexts.draw(7, 2, 3, random))
                .limit(count)
                .map(text -> text.label() + "\t" + text.text() + "\n")
                .collect(Collectors.joining());
    }
}
