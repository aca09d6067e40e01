package io.millrace.trainer.pretrain;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.bundle.TextSettings;
import io.millrace.inference.bundle.assembly.BaseFiles;
import io.millrace.inference.text.HuggingFaceEncoder;
import io.millrace.inference.text.TextEncoder;
import io.millrace.inference.text.UnreadableTokenizerException;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gradient.CheckpointFolder;
import io.millrace.trainer.gradient.ClassifierHead;
import io.millrace.trainer.gradient.GradientLearner;
import io.millrace.trainer.learn.Candidate;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a first model of texts: tunes a published encoder on labelled sentences, takes of what was tuned a small form that
 * fits into a repository, and packs the model that this form stands for, its int8 form beside it.
 *
 * <p>Sentences held out of the training file choose the epoch, fit the temperature and gate the int8 form. The test file
 * is only judged on, at the end.
 *
 * <p>Threading: confined to one thread. Lifecycle: all native memory is freed before {@link #run} returns. The same files,
 * settings and code give the same bytes on processors with the same instructions.
 */
public final class SentimentPretraining {
    private static final ExampleSet NONE = new ExampleSet(List.of());

    private final SentimentSettings settings;
    private final BaseFiles base;
    private final @Nullable CheckpointFolder checkpoints;
    private final LongSupplier nanoClock;
    private final PretrainingProgress progress;

    /**
     * @param base where the encoder's files are
     * @param checkpoints where the tuning, which takes an hour or more, keeps how far it is; null: nowhere
     * @param nanoClock tells whether the int8 form is faster
     */
    public SentimentPretraining(
            SentimentSettings settings,
            BaseFiles base,
            @Nullable CheckpointFolder checkpoints,
            LongSupplier nanoClock,
            PretrainingProgress progress) {
        this.settings = settings;
        this.base = base;
        this.checkpoints = checkpoints;
        this.nanoClock = nanoClock;
        this.progress = progress;
    }

    /**
     * Tunes and packs.
     *
     * @param training labelled sentences, or sentences and phrases of them
     * @param test labelled sentences to judge on
     * @throws LearningException if the model cannot be tuned, or a stream would refuse it
     */
    public PretrainedSentiment run(Path training, Path test) throws IOException, LearningException {
        int classes = settings.classes().size();
        LabelledTexts all = LabelledTexts.read(training, classes);
        LabelledTexts judged = LabelledTexts.read(test, classes);
        PhraseSplit split = PhraseSplit.of(all.texts(), settings.heldOut(), settings.seed());
        ExampleSet learned = examples(split.training(), 0);
        ExampleSet heldOut = examples(split.heldOut(), split.training().size());
        progress.step("tuning " + settings.part() + " of " + settings.encoder().model() + " on " + learned.size()
                + " texts; " + heldOut.size() + " sentences are held out");
        Candidate tuned = new GradientLearner(settings.gradient(), settings.part(), checkpoints)
                .learn(champion(), new LearningTask(learned, heldOut, NONE, settings.seed()), progress::tuning);
        SentimentLineage lineage = new SentimentLineage(settings, all, judged, split, tuned.notes());
        byte[] model = tuned.blobs().get(Bundle.MODEL_BLOB);
        if (model == null) {
            throw new LearningException("the learner made no model");
        }
        try (TextEncoder encoder =
                HuggingFaceEncoder.of(settings.encoder().tokenizerBytes(base), settings.maxTokens())) {
            return new SentimentBundle(settings, base, encoder, nanoClock, progress)
                    .pack(model, lineage, split, judged.texts(), replayed(split), heldOut);
        } catch (UnreadableTokenizerException e) {
            throw new LearningException(String.valueOf(e.getMessage()), e);
        }
    }

    private Bundle champion() {
        ClassifierHead head = new ClassifierHead(
                settings.encoder().hidden(),
                settings.encoder().width(),
                settings.classes().size(),
                settings.seed());
        ManifestBuilder manifest = new ManifestBuilder(settings.model(), Task.TEXT_CLASSIFICATION, settings.classes())
                .output(ClassifierHead.OUTPUT)
                .text(new TextSettings(settings.maxTokens()));
        return Bundle.of(
                manifest.build(),
                Map.of(
                        Bundle.MODEL_BLOB,
                        head.on(settings.encoder().modelBytes(base)),
                        Bundle.TOKENIZER_BLOB,
                        settings.encoder().tokenizerBytes(base)));
    }

    private ExampleSet replayed(PhraseSplit split) {
        List<LabelledText> sentences =
                split.sentences(settings.replayed(), settings.classes().size(), settings.seed());
        return examples(sentences, 0);
    }

    @SuppressWarnings("NullAway") // it does not see in class files that an array may be null
    private static ExampleSet examples(List<LabelledText> texts, int from) {
        List<Example> examples = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            LabelledText text = texts.get(i);
            int number = from + i;
            examples.add(new Example("t" + number, number, number, null, text.text(), text.label(), 1, 0, 1, null));
        }
        return new ExampleSet(examples);
    }
}
