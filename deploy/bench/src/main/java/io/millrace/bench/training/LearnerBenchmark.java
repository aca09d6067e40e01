package io.millrace.bench.training;

import io.millrace.bench.MadeUpTexts;
import io.millrace.bench.Spread;
import io.millrace.inference.bundle.Bundle;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gradient.EncoderTemplate;
import io.millrace.trainer.learn.Candidate;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import io.millrace.trainer.learn.LearningTask;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Question: how many examples a second does each learner take in? Boosted trees and a small network learn from the same
 * transactions; a text encoder's head, its last two blocks and all of it learn from made-up texts. No example is held
 * back to say when to stop, so that the passes are as many as are told.
 *
 * <p>Threading: confined to one thread. Units: nanoseconds of the caller's monotonic clock. Lifecycle: all native memory
 * is freed before {@link #run} returns.
 */
public final class LearnerBenchmark {
    private static final ExampleSet NONE = new ExampleSet(List.of());
    private static final int WARM_UP_SHARE = 4;
    private static final int ALL_SHARE = 4;

    private final List<TrainingLoad> loads;
    private final int rounds;
    private final LongSupplier nanoClock;

    /** One measured learning. */
    private record Sample(
            double seconds, double preparingSeconds, double learningSeconds, double exportSeconds, String parity) {}

    /**
     * Makes the loads.
     *
     * @param trees the champion that trees go on from
     * @param transactions examples with the features of that champion
     * @param encoder sizes of the text encoder
     * @param texts how many; a fourth of them where all of the encoder learns
     */
    public LearnerBenchmark(
            Bundle trees,
            ExampleSet transactions,
            EncoderTemplate encoder,
            int texts,
            int rounds,
            LongSupplier nanoClock) {
        if (texts < 4 * ALL_SHARE || rounds < 1) {
            throw new IllegalArgumentException("at least " + 4 * ALL_SHARE + " texts and 1 round are needed, were "
                    + texts + " texts and " + rounds + " rounds");
        }
        MadeUpTexts madeUp = new MadeUpTexts(encoder);
        this.loads = List.of(
                TrainingLoad.trees(trees, transactions),
                TrainingLoad.network(trees, transactions),
                TrainingLoad.textHead(madeUp, texts),
                TrainingLoad.text(madeUp, "last: 2", texts),
                TrainingLoad.text(madeUp, "all", texts / ALL_SHARE));
        this.rounds = rounds;
        this.nanoClock = nanoClock;
    }

    /** How many steps {@link #run} tells of. */
    public int steps() {
        return loads.size() * rounds;
    }

    /**
     * Measures, the learners by turns.
     *
     * @param progress hears how many steps are done
     */
    public List<LearnerLine> run(IntConsumer progress) throws LearningException {
        for (TrainingLoad load : loads) {
            Candidate unused =
                    load.learner().learn(load.champion(), task(some(load.examples())), LearningProgress.SILENT);
        }
        List<List<Sample>> samples = new ArrayList<>();
        loads.forEach(load -> samples.add(new ArrayList<>()));
        int done = 0;
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < loads.size(); i++) {
                samples.get(i).add(measure(loads.get(i)));
                progress.accept(++done);
            }
        }
        List<LearnerLine> lines = new ArrayList<>();
        for (int i = 0; i < loads.size(); i++) {
            lines.add(line(loads.get(i), samples.get(i)));
        }
        return lines;
    }

    /** A part, spread over all of the time, so that both classes are in it. */
    private static ExampleSet some(ExampleSet all) {
        return new ExampleSet(IntStream.range(0, all.size() / WARM_UP_SHARE)
                .mapToObj(i -> all.examples().get(i * WARM_UP_SHARE))
                .toList());
    }

    private static LearningTask task(ExampleSet examples) {
        return new LearningTask(examples, NONE, NONE, 0);
    }

    private Sample measure(TrainingLoad load) throws LearningException {
        StepTimes times = new StepTimes(nanoClock);
        Candidate candidate = load.learner().learn(load.champion(), task(load.examples()), times);
        times.end();
        double learning = times.seconds("epoch") + times.seconds("growing");
        double export = times.seconds(LearningProgress.COMPARING);
        return new Sample(
                times.seconds(),
                times.seconds() - learning - export,
                learning,
                export,
                candidate.notes().getOrDefault("export-parity", "?"));
    }

    private static LearnerLine line(TrainingLoad load, List<Sample> samples) {
        int examples = load.examples().size();
        double learning = median(samples, Sample::learningSeconds);
        return new LearnerLine(
                load.name(),
                load.trainable(),
                examples,
                load.passes(),
                spread(samples, Sample::seconds),
                spread(samples, sample -> examples / sample.seconds()),
                examples * (double) load.passes() / learning,
                median(samples, Sample::preparingSeconds),
                learning,
                median(samples, Sample::exportSeconds),
                samples.get(samples.size() - 1).parity());
    }

    private static double median(List<Sample> samples, ToDoubleFunction<Sample> of) {
        return spread(samples, of).median();
    }

    private static Spread spread(List<Sample> samples, ToDoubleFunction<Sample> of) {
        return Spread.of(samples.stream().map(of::applyAsDouble).toList());
    }
}
