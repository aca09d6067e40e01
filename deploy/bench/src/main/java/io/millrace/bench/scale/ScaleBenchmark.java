package io.millrace.bench.scale;

import io.millrace.bench.Spread;
import io.millrace.bench.arena.ArenaInput;
import io.millrace.bench.arena.BrokerProcess;
import io.millrace.bench.arena.ChildJvm;
import io.millrace.bench.arena.StatefulFraud;
import io.millrace.bench.arena.StreamContender;
import io.millrace.bench.arena.TopicFiller;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Question: how does the stateful fraud pipeline, exactly-once, with its stores, caches and changelogs, go faster with
 * partitions and threads, and how does an event's cost grow with keys and with what is known of each? Ratios are to the
 * first point of a curve in the same round.
 *
 * <p>Threading: confined to one thread. Lifecycle: broker and stream, each a process of its own, end before {@link #run}
 * returns; the folder is the caller's to remove.
 */
public final class ScaleBenchmark {
    private static final List<String> STREAM_OPTIONS = List.of("-Xms1g", "-Xmx1g");

    private final List<ScaleCourse> courses;
    private final int rounds;
    private final Path folder;
    private final Consumer<String> step;

    /**
     * What is played.
     *
     * @param partitions counts of partitions, and of threads; empty leaves the curve out
     * @param keys counts of keys; empty leaves the curve out
     * @param eventsPerKey lengths of history; empty leaves the curve out
     * @param records that are counted of each point
     */
    public record Plan(List<Integer> partitions, List<Long> keys, List<Long> eventsPerKey, long records, int rounds) {
        public Plan {
            partitions = List.copyOf(partitions);
            keys = List.copyOf(keys);
            eventsPerKey = List.copyOf(eventsPerKey);
            if (records < 1_000 || rounds < 1) {
                throw new IllegalArgumentException("at least 1000 records and 1 round are needed, were " + records
                        + " records and " + rounds + " rounds");
            }
        }

        List<ScaleCourse> courses() {
            List<ScaleCourse> all = new ArrayList<>(ScaleCourse.partitions(partitions, records));
            all.addAll(ScaleCourse.keys(keys, records));
            all.addAll(ScaleCourse.history(eventsPerKey, records));
            return all;
        }
    }

    /** @param step told what is being done */
    public ScaleBenchmark(Plan plan, Path folder, Consumer<String> step) {
        this.courses = plan.courses();
        this.rounds = plan.rounds();
        this.folder = folder;
        this.step = step;
        if (courses.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to measure: choose partitions, keys or history");
        }
    }

    /** Measures, the points by turns; each topic is filled once. */
    public List<ScaleLine> run() throws InterruptedException {
        Path model = ArenaInput.write(folder.resolve("model"), StatefulFraud.bundle());
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("broker"));
                ChildJvm stream =
                        ChildJvm.start("stream", ChildJvm.Launch.of(StreamContender.class, STREAM_OPTIONS), folder)) {
            fill(broker.kafka());
            StageRun run = new StageRun(broker.kafka(), stream);
            step.accept("warming up");
            ScaleCourse first = courses.get(0);
            double unused = run.perSecond(first, model.toString(), 0);
            List<List<Double>> rates = new ArrayList<>();
            courses.forEach(course -> rates.add(new ArrayList<>()));
            for (int round = 1; round <= rounds; round++) {
                for (int turn = 0; turn < courses.size(); turn++) {
                    int i = (turn + round - 1) % courses.size();
                    ScaleCourse course = courses.get(i);
                    double rate = run.perSecond(course, model.toString(), round);
                    rates.get(i).add(rate);
                    step.accept(String.format(
                            Locale.ROOT, "round %d of %d: %s, %,.0f events/s", round, rounds, course.name(), rate));
                }
            }
            return lines(rates);
        }
    }

    /** Points that play the same over as many partitions share a topic. */
    private void fill(Map<String, Object> kafka) throws InterruptedException {
        Set<String> filled = new HashSet<>();
        for (ScaleCourse course : courses) {
            if (filled.add(course.topic())) {
                step.accept(String.format(
                        Locale.ROOT, "filling %s with %,d transactions", course.topic(), course.records()));
                TopicFiller.create(kafka, course.topic(), course.partitions());
                TopicFiller.fill(kafka, course.topic(), course.events().get(), course.records(), sent -> {});
            }
        }
    }

    private List<ScaleLine> lines(List<List<Double>> rates) {
        List<ScaleLine> lines = new ArrayList<>();
        for (int i = 0; i < courses.size(); i++) {
            ScaleCourse course = courses.get(i);
            List<Double> own = rates.get(i);
            List<Double> first = rates.get(firstOf(course.curve()));
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < own.size(); round++) {
                double faster = own.get(round) / first.get(round);
                ratios.add(course.curve() == ScaleCourse.Curve.PARTITIONS ? faster : 1 / faster);
            }
            lines.add(new ScaleLine(
                    course.curve().name().toLowerCase(Locale.ROOT),
                    course.partitions(),
                    course.threads(),
                    course.keys(),
                    course.eventsPerKey(),
                    course.filling(),
                    Spread.of(own),
                    Spread.of(own.stream().map(rate -> 1e6 / rate).toList()),
                    Spread.of(ratios)));
        }
        return lines;
    }

    private int firstOf(ScaleCourse.Curve curve) {
        for (int i = 0; i < courses.size(); i++) {
            if (courses.get(i).curve() == curve) {
                return i;
            }
        }
        throw new IllegalStateException("no point of " + curve);
    }
}
