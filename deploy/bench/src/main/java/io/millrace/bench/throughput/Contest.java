package io.millrace.bench.throughput;

import io.millrace.bench.Warming;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Rounds in which all run one after the other, each round begun by the next one: what disturbs the machine disturbs all. A
 * first round warms them up and is not counted.
 *
 * <p>Threading: confined to one thread. Lifecycle: owns those who take part.
 */
final class Contest implements AutoCloseable {
    /** Who would take longer over all records runs over fewer. */
    private static final double LONGEST_SECONDS = 60;

    private final List<Entrant> entrants;
    private final Course course;
    private final int warmUpRounds;

    /**
     * What was found.
     *
     * @param rates records per second, by name and round
     * @param settings of each, by name
     */
    record Outcome(Map<String, List<Double>> rates, Map<String, Map<String, Object>> settings) {}

    /** @param warmUpRounds of each at most, before the first that counts */
    Contest(List<Entrant> entrants, Course course, int warmUpRounds) {
        this.entrants = List.copyOf(entrants);
        this.course = course;
        this.warmUpRounds = warmUpRounds;
    }

    /** @param step hears who runs next */
    Outcome run(int rounds, Consumer<String> step) throws InterruptedException {
        Set<String> slow = new HashSet<>();
        long all = course.round(1, false).records();
        for (Entrant entrant : entrants) {
            if (all / warmRate(entrant, step) > LONGEST_SECONDS) {
                slow.add(entrant.name());
            }
        }
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        entrants.forEach(entrant -> rates.put(entrant.name(), new ArrayList<>()));
        for (int round = 1; round <= rounds; round++) {
            List<Entrant> order = new ArrayList<>(entrants);
            Collections.rotate(order, -round);
            for (Entrant entrant : order) {
                step.accept(entrant.name());
                List<Double> own = rates.get(entrant.name());
                if (own != null) {
                    own.add(entrant.run(course.round(round, slow.contains(entrant.name()))));
                }
            }
        }
        Map<String, Map<String, Object>> settings = new LinkedHashMap<>();
        entrants.forEach(entrant -> settings.put(entrant.name(), entrant.settings()));
        return new Outcome(rates, settings);
    }

    private double warmRate(Entrant entrant, Consumer<String> step) throws InterruptedException {
        return Warming.best(warmUpRounds, attempt -> {
            step.accept(entrant.name() + ", warming up");
            return entrant.run(course.warmUp(attempt));
        });
    }

    @Override
    public void close() {
        entrants.forEach(Entrant::close);
    }
}
