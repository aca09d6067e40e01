package io.millrace.trainer.gradient;

import io.millrace.inference.bundle.Manifest;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.gradient.replay.ReplaySet;
import io.millrace.trainer.gradient.tuning.KeptRows;
import io.millrace.trainer.gradient.tuning.Targets;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningTask;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The examples of a task by number: those to learn from, later ones to judge by, and behind them those of a replay set,
 * of which there are only values.
 *
 * <p>Threading: immutable as long as nobody writes into the arrays.
 *
 * @param given those that are there themselves
 * @param learnedCount how many of these, the first ones, are learned from
 * @param known what is known of the others
 * @param targets what is true of all
 */
record LearnedExamples(List<Example> given, int learnedCount, Known known, Targets targets) {

    /** Lengths in tokens, and values of the frozen part. */
    @SuppressWarnings("ArrayRecordComponent") // one per run, never compared
    record Known(int[] tokens, List<KeptRows> values) {}

    /**
     * @param replay examples of the first domain; null for none
     * @throws LearningException if the model does not know an example's class, or there is only one class to learn
     */
    static LearnedExamples of(Manifest manifest, LearningTask task, @Nullable ReplaySet replay)
            throws LearningException {
        List<Example> given = new ArrayList<>(task.training().examples());
        given.addAll(task.replay().examples());
        int learned = given.size();
        given.addAll(task.validation().examples());
        if (replay == null) {
            return new LearnedExamples(
                    given, learned, new Known(new int[0], List.of()), targets(manifest, given, learned, new int[0]));
        }
        if (replay.classes() != manifest.classes().size()) {
            throw new LearningException(ReplaySet.BLOB + " knows " + replay.classes() + " classes, the model knows "
                    + manifest.classes() + ": write it again with the model");
        }
        ReplaySet again = replay.only(replay.learned());
        return new LearnedExamples(
                given,
                learned,
                new Known(again.tokens(), again.size() == 0 ? List.of() : again.values()),
                targets(manifest, given, learned, again.labels()));
    }

    int[] learned() {
        return IntStream.range(0, learnedCount).toArray();
    }

    int[] judged() {
        return IntStream.range(learnedCount, given.size()).toArray();
    }

    int[] replayed() {
        return IntStream.range(given.size(), given.size() + known.tokens().length)
                .toArray();
    }

    private static Targets targets(Manifest manifest, List<Example> given, int learned, int[] replayed)
            throws LearningException {
        int count = manifest.classes().size();
        int[] classes = new int[given.size() + replayed.length];
        double[] weights = new double[classes.length];
        for (int i = 0; i < given.size(); i++) {
            Example example = given.get(i);
            if (example.label() >= count) {
                throw new LearningException("example " + example.eventId() + " is of class " + example.label()
                        + ", the model knows " + manifest.classes());
            }
            classes[i] = example.label();
            weights[i] = example.weight();
        }
        for (int i = 0; i < replayed.length; i++) {
            classes[given.size() + i] = replayed[i];
            weights[given.size() + i] = 1;
        }
        long present = IntStream.range(0, learned)
                .filter(i -> weights[i] > 0)
                .map(i -> classes[i])
                .distinct()
                .count();
        if (present < 2) {
            throw new LearningException(
                    "the " + learned + " examples to learn from are of " + present + " classes: take a longer window");
        }
        return new Targets(classes, weights, count);
    }
}
