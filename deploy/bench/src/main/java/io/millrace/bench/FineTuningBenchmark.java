package io.millrace.bench;

import io.millrace.inference.bundle.Bundle;
import io.millrace.trainer.config.GradientConfig;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gradient.EncoderTemplate;
import io.millrace.trainer.gradient.GradientLearner;
import io.millrace.trainer.learn.Candidate;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import io.millrace.trainer.learn.LearningTask;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Question: how much memory does fine-tuning a text encoder take, and does it give all of it back? The same classifier is
 * tuned again and again in one process, its head and last two blocks, on other texts each time.
 *
 * <p>Threading: confined to one thread. Units: nanoseconds of the caller's monotonic clock. Lifecycle: all native memory
 * is freed before {@link #run} returns.
 */
public final class FineTuningBenchmark {
    /** A run may not take more. */
    public static final long MOST_BYTES = 3_000_000_000L;

    /** From the second run to the last, resident memory may not grow by a greater share: the heap's size wavers. */
    public static final double MOST_GROWTH = 0.1;

    private static final GradientConfig TUNING = GradientConfig.of(2e-4, 0.01, 0.1, 1, 32, 1.0, 1, null, false);

    private final MadeUpTexts texts;
    private final int runs;
    private final int count;
    private final LongSupplier nanoClock;

    /**
     * @param count texts of a run; a tenth of them says when to stop
     */
    public FineTuningBenchmark(EncoderTemplate encoder, int runs, int count, LongSupplier nanoClock) {
        if (runs < 3 || count < 20) {
            throw new IllegalArgumentException(
                    "at least 3 runs of 20 texts are needed, were " + runs + " runs of " + count);
        }
        this.texts = new MadeUpTexts(encoder);
        this.runs = runs;
        this.count = count;
        this.nanoClock = nanoClock;
    }

    /**
     * Measures.
     *
     * @param progress hears of each run that is done
     */
    public List<FineTuningLine> run(IntConsumer progress) throws LearningException {
        Bundle classifier = texts.classifier("last: 2");
        GradientLearner learner = new GradientLearner(TUNING, null);
        List<FineTuningLine> lines = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            LearningTask task = new LearningTask(
                    texts.examples(count - count / 10, run),
                    texts.examples(count / 10, -run),
                    new ExampleSet(List.of()),
                    run);
            long startNanos = nanoClock.getAsLong();
            Candidate candidate = learner.learn(classifier, task, LearningProgress.SILENT);
            double seconds = (nanoClock.getAsLong() - startNanos) / 1e9;
            ResidentMemory memory = ResidentMemory.now();
            lines.add(new FineTuningLine(
                    run,
                    seconds,
                    memory.nowBytes(),
                    memory.peakBytes(),
                    candidate.notes().getOrDefault("export-parity", "?")));
            progress.accept(run);
        }
        return lines;
    }

    /** By what share resident memory grew from the second run on, in which all is loaded that is loaded once. */
    public static double growth(List<FineTuningLine> lines) {
        double settled = lines.get(1).residentBytes();
        return lines.get(lines.size() - 1).residentBytes() / settled - 1;
    }
}
