package io.millrace.bench.micro;

import io.millrace.bench.StageLoad;
import io.millrace.bench.arena.StatefulFraud;
import io.millrace.inference.feature.FeatureSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * An event through one feature stage of the shipped fraud model, with state in memory; where the stage needs labels, the
 * event's label too. A key sees an event about every hour, so that its windows are as full as they get.
 *
 * <p>Threading: confined to one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the setup first
public class FeatureUpdate {
    private static final int EVENTS = 2_000;
    private static final int KEYS = 200;
    private static final double GAP_MILLIS = 3_600_000.0 / KEYS;
    /** Longer than the windows reach: 21 days of an event an hour. */
    private static final int FILL = KEYS * 24 * 22;

    /** Whose stage. */
    @Param({"customer_id", "terminal_id"})
    public String entity;

    private StageLoad load;
    private List<StageLoad.Step> steps;

    /** Fills the windows. */
    @Setup(Level.Trial)
    public void fill() {
        FeatureSet features =
                Objects.requireNonNull(StatefulFraud.bundle().manifest().featureSet());
        load = new StageLoad(features, entity, KEYS, GAP_MILLIS);
        load.play(load.prepare(FILL));
    }

    /** Makes the next events, off the measured time. */
    @Setup(Level.Invocation)
    public void prepare() {
        steps = load.prepare(EVENTS);
    }

    /** Two thousand events. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void event() {
        load.play(steps);
    }
}
