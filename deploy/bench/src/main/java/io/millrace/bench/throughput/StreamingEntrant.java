package io.millrace.bench.throughput;

import io.millrace.bench.arena.ChildJvm;
import io.millrace.bench.arena.Judge;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One that reads a topic and writes another, in a process of its own.
 *
 * <p>Threading: confined to one thread. Lifecycle: owns the process.
 */
final class StreamingEntrant implements Entrant {
    private final String pipeline;
    private final String name;
    private final ChildJvm child;
    private final Path model;
    private final Judge judge;
    private final int threads;
    private final Map<String, Object> settings = new LinkedHashMap<>();

    StreamingEntrant(String pipeline, String name, ChildJvm child, Path model, Judge judge, int threads) {
        this.pipeline = pipeline;
        this.name = name;
        this.child = child;
        this.model = model;
        this.judge = judge;
        this.threads = threads;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double run(Round round) throws InterruptedException {
        Judge.Run run = judge.run(
                child,
                pipeline + "-" + name + "-" + round.number(),
                round.input(),
                model.toString(),
                threads,
                round.records());
        settings.putAll(run.settings());
        if (round.number() > 0) {
            settings.put("records", round.records());
            settings.put("secondsOfLastRound", Math.round(run.verdict().seconds() * 100) / 100.0);
            settings.merge("tooShort", run.verdict().coarse(), (before, now) -> (boolean) before || (boolean) now);
        }
        return run.verdict().perSecond();
    }

    @Override
    public Map<String, Object> settings() {
        return settings;
    }

    @Override
    public void close() {
        child.close();
    }
}
