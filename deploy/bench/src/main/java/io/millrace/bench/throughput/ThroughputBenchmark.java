package io.millrace.bench.throughput;

import io.millrace.bench.Spread;
import io.millrace.bench.arena.BrokerProcess;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.inference.onnx.quantize.NotQuantizableException;
import io.millrace.trainer.learn.LearningException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Question: how near does Millrace come to what broker, topology and ONNX Runtime allow, and how much faster is it than
 * what else one would run?
 *
 * <p>Each pipeline has a broker of its own in a process of its own; each who takes part has a process too. All read the
 * same topics, write scores exactly once, and are measured by what a reader of committed records can see.
 *
 * <p>Threading: confined to one thread. Lifecycle: all that a run starts ends with it.
 */
public final class ThroughputBenchmark {
    private final Request request;

    /**
     * What to measure.
     *
     * @param kinds the pipelines
     * @param against the limits and peers that take part; empty for all that the pipeline has
     * @param rounds that are counted
     * @param warmUpRounds of each who takes part, at most, before those
     * @param records of a round; null for each pipeline's own number
     * @param threads that work on records, in each who takes part
     * @param partitions of input and output
     * @param textModel folder of a model of texts; null for one that has learned nothing
     * @param small whether that is a tiny one
     * @param int8 whether texts are scored with weights of 8 bits
     * @param jvmOptions of each who takes part
     */
    public record Request(
            List<Kind> kinds,
            Set<String> against,
            int rounds,
            int warmUpRounds,
            @Nullable Long records,
            int threads,
            int partitions,
            long seed,
            @Nullable Path textModel,
            boolean small,
            boolean int8,
            List<String> jvmOptions) {
        public Request {
            kinds = List.copyOf(kinds);
            against = Set.copyOf(against);
            requireTakingPart(against, kinds);
            jvmOptions = List.copyOf(jvmOptions);
            if (rounds < 1 || warmUpRounds < 1 || threads < 1 || partitions < 1) {
                throw new IllegalArgumentException(
                        "at least 1 round, 1 round to warm up, 1 thread and 1 partition are needed, were " + rounds
                                + ", " + warmUpRounds + ", " + threads + " and " + partitions);
            }
            if (records != null && (records < 100 || records > Integer.MAX_VALUE)) {
                throw new IllegalArgumentException("--records must be at least 100, was " + records);
            }
        }

        long records(Kind kind) {
            return records == null ? kind.records() : records;
        }

        /** Each name means somebody, and no pipeline is left without anybody to compare with. */
        private static void requireTakingPart(Set<String> against, List<Kind> kinds) {
            for (Kind kind : kinds) {
                boolean unknown = against.stream()
                        .anyMatch(name ->
                                kinds.stream().noneMatch(one -> one.others().contains(name)));
                if (unknown || (!against.isEmpty() && Collections.disjoint(against, kind.others()))) {
                    throw new IllegalArgumentException("--against must name some of " + kind.others() + " for pipeline "
                            + kind.word() + ", was " + new TreeSet<>(against));
                }
            }
        }

        boolean takesPart(String name) {
            return name.equals(Entrant.OURS) || against.isEmpty() || against.contains(name);
        }
    }

    public ThroughputBenchmark(Request request) {
        this.request = request;
    }

    /**
     * Measures.
     *
     * @param folder for brokers, models and logs
     * @param step hears in words what runs next
     */
    public ThroughputReport run(Path folder, Consumer<String> step)
            throws LearningException, NotQuantizableException, ModelRefusedException, IOException,
                    InterruptedException {
        Map<String, Double> ratios = new LinkedHashMap<>();
        Map<String, Spread> spreads = new LinkedHashMap<>();
        Map<String, Map<String, Spread>> rates = new LinkedHashMap<>();
        Map<String, Object> contenders = new LinkedHashMap<>();
        List<String> leftOut = new ArrayList<>();
        for (Kind kind : request.kinds()) {
            Path own = folder.resolve(kind.word());
            step.accept(kind.word() + ": models and topics");
            try (BrokerProcess broker = BrokerProcess.start(own.resolve("broker"))) {
                LineUp lineUp = new LineUp(kind, request, broker, own);
                Contest.Outcome outcome = outcome(lineUp, kind, step);
                leftOut.addAll(lineUp.leftOut());
                Ratios.of(kind.word(), outcome.rates(), kind.limits()).forEach((name, spread) -> {
                    ratios.put(name, spread.median());
                    spreads.put(name, spread);
                });
                Map<String, Spread> lines = new LinkedHashMap<>();
                outcome.rates().forEach((name, perRound) -> lines.put(name, Spread.of(perRound)));
                rates.put(kind.word(), lines);
                contenders.put(kind.word(), outcome.settings());
            }
        }
        return new ThroughputReport(ratios, spreads, rates, settings(contenders), leftOut);
    }

    private Contest.Outcome outcome(LineUp lineUp, Kind kind, Consumer<String> step)
            throws LearningException, NotQuantizableException, ModelRefusedException, IOException,
                    InterruptedException {
        try (Contest contest = lineUp.prepare()) {
            return contest.run(request.rounds(), name -> step.accept(kind.word() + ": " + name));
        }
    }

    private Map<String, Object> settings(Map<String, Object> contenders) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("rounds", request.rounds());
        settings.put("warmUpRounds", request.warmUpRounds());
        settings.put("threads", request.threads());
        settings.put("partitions", request.partitions());
        Map<String, Object> records = new LinkedHashMap<>();
        request.kinds().forEach(kind -> records.put(kind.word(), request.records(kind)));
        settings.put("records", records);
        settings.put("jvmOptions", String.join(" ", request.jvmOptions()));
        settings.put("brokerJvmOptions", String.join(" ", BrokerProcess.JVM_OPTIONS));
        settings.put("texts", request.int8() ? "int8" : "fp32");
        settings.put("contenders", contenders);
        return settings;
    }

    /** How many times {@code step} is called at most. */
    public int steps() {
        int steps = 0;
        for (Kind kind : request.kinds()) {
            int entrants =
                    1 + (int) kind.others().stream().filter(request::takesPart).count();
            steps += 1 + entrants * (request.warmUpRounds() + request.rounds());
        }
        return steps;
    }
}
