package io.millrace.trainer.round;

import io.millrace.trainer.config.WindowConfig;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.example.ExampleSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Which examples are used for what, by event time: the latest of the window judge, those before them are learned from,
 * and what is older than the window may be replayed.
 *
 * <p>Threading: immutable.
 *
 * @param read how many examples there were in all
 * @param training learned from
 * @param validation later than the training
 * @param holdOut later than both
 * @param replay older than the window, drawn by chance
 * @param older older than the window, drawn by chance, at most {@link #MOST_OLDER}
 */
record RoundSplit(
        int read, ExampleSet training, ExampleSet validation, ExampleSet holdOut, ExampleSet replay, ExampleSet older) {

    /** More would not make the gate's look at the past any surer. */
    static final int MOST_OLDER = 50_000;

    static RoundSplit of(ExampleSet all, WindowConfig config, long seed) {
        List<Example> sorted = all.examples();
        int windowStart = windowStart(sorted, config.span().toMillis());
        List<Example> older = sorted.subList(0, windowStart);
        List<Example> window = sorted.subList(windowStart, sorted.size());
        int holdOutStart = window.size() - (int) Math.round(config.holdOut() * window.size());
        int validationStart = holdOutStart - (int) Math.round(config.validation() * holdOutStart);
        SplittableRandom random = new SplittableRandom(seed);
        return new RoundSplit(
                all.size(),
                new ExampleSet(window.subList(0, validationStart)),
                new ExampleSet(window.subList(validationStart, holdOutStart)),
                new ExampleSet(window.subList(holdOutStart, window.size())),
                drawn(older, config.replay(), random.split()),
                drawn(older, MOST_OLDER, random.split()));
    }

    /** Why there is too little to learn from or to judge on; empty if there is enough. */
    Optional<String> shortage(WindowConfig config, int classes) {
        int inWindow = training.size() + validation.size() + holdOut.size();
        if (inWindow < config.minExamples()) {
            return Optional.of("the window of the last " + config.span().toDays() + " days has " + inWindow
                    + " labelled examples, a round needs " + config.minExamples() + " (window.min-examples)");
        }
        int learned = rarest(classes, label -> training.count(label) + validation.count(label));
        int judged = rarest(classes, holdOut::count);
        if (Math.min(learned, judged) < config.minPositives()) {
            return Optional.of("of the rarest class there are " + learned + " examples to learn from and " + judged
                    + " to judge on, a round needs " + config.minPositives() + " of each (window.min-positives)");
        }
        return Optional.empty();
    }

    RoundCounts counts() {
        return new RoundCounts(
                read,
                training.size(),
                validation.size(),
                holdOut.size(),
                holdOut.count(1),
                replay.size(),
                older.size());
    }

    private static int rarest(int classes, IntUnaryOperator count) {
        return IntStream.range(0, classes).map(count).min().orElse(0);
    }

    private static int windowStart(List<Example> sorted, long spanMillis) {
        if (sorted.isEmpty()) {
            return 0;
        }
        long startMillis = sorted.get(sorted.size() - 1).eventTimeMillis() - spanMillis;
        int start = 0;
        while (sorted.get(start).eventTimeMillis() <= startMillis) {
            start++;
        }
        return start;
    }

    /** At most so many, each as likely as the others. */
    private static ExampleSet drawn(List<Example> from, int most, SplittableRandom random) {
        if (from.size() <= most) {
            return new ExampleSet(from);
        }
        int[] places = new int[from.size()];
        Arrays.setAll(places, place -> place);
        List<Example> drawn = new ArrayList<>(most);
        for (int i = 0; i < most; i++) {
            int other = i + random.nextInt(places.length - i);
            int place = places[other];
            places[other] = places[i];
            drawn.add(from.get(place));
        }
        return new ExampleSet(drawn);
    }
}
