package io.millrace.bench.latency;

import io.millrace.bench.Warming;
import io.millrace.bench.arena.ArenaInput;
import io.millrace.bench.arena.BrokerProcess;
import io.millrace.bench.arena.KeyedRecord;
import io.millrace.bench.arena.StatefulFraud;
import io.millrace.bench.arena.StatelessFraud;
import io.millrace.bench.arena.StreamContender;
import io.millrace.bench.live.Clients;
import io.millrace.bench.live.OpenLoop;
import io.millrace.bench.live.StreamOrder;
import io.millrace.bench.live.StreamProcess;
import io.millrace.bench.live.Traffic;
import io.millrace.bench.live.TransactionSource;
import io.millrace.cli.output.FailedException;
import io.millrace.inference.bundle.Bundle;
import io.millrace.stream.config.Guarantee;
import io.millrace.trainer.learn.LearningException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Question: how long is an event under way, from when it was due to be sent to the arrival of its committed score?
 *
 * <p>The load is open: when an event is due depends on the clock alone, and an event that is sent late counts from when
 * it was due. Broker and stream have a process each; generator and consumer share this one, and all of them the machine.
 * The maximum of each setting is sought with as many events under way as the whole bears; the loads are shares of that.
 * Before all, rounds at full load go on until none is faster than those before, since compilers share the cores.
 *
 * <p>Threading: confined to one thread. Lifecycle: all that a run starts ends with it.
 */
public final class LatencyBenchmark {
    /** Of the stream's process. */
    public static final List<String> JVM_OPTIONS = List.of("-Xms1g", "-Xmx1g");

    private static final int TRANSACTIONS = 300_000;
    private static final double MOST_BACKLOG_MILLIS = 1_000;

    private static final String WARM_UP = "warm-up";
    private static final int HALF = 50;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long SEED = 1;

    private final LatencyPlan plan;
    private final Consumer<String> step;

    /** @param step is told what is being done */
    public LatencyBenchmark(LatencyPlan plan, Consumer<String> step) {
        this.plan = plan;
        this.step = step;
    }

    /** The setting of one part of a run. */
    private record Setting(Guarantee guarantee, long commitMillis) {
        String name() {
            return (guarantee == Guarantee.EXACTLY_ONCE ? "exactly-once-" : "at-least-once-") + commitMillis;
        }
    }

    /** The events and the model that reads them. */
    private record Load(Bundle bundle, Supplier<Iterator<KeyedRecord>> records) {}

    /** Measures; the listener hears how many of the {@link LatencyPlan#lines()} are done. */
    public LatencyReport run(Path folder, IntConsumer progress) throws InterruptedException, LearningException {
        step.accept("making up events");
        Load load = load();
        Path bundle = ArenaInput.write(folder.resolve("bundle"), load.bundle());
        List<LatencyLine> lines = new ArrayList<>();
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("broker"));
                StreamProcess stream = StreamProcess.start(folder, JVM_OPTIONS)) {
            StreamContender.publish(broker.kafka(), load.bundle());
            Run run = new Run(broker.bootstrapServers(), stream, bundle, folder, load);
            run.warmUp();
            for (Setting setting : settings()) {
                run.measure(setting, line -> {
                    lines.add(line);
                    progress.accept(lines.size());
                });
            }
            return new LatencyReport(
                    plan.stateful() ? "stateful" : "stateless", shown(broker.bootstrapServers()), lines);
        }
    }

    private Load load() throws LearningException {
        if (plan.stateful()) {
            TransactionSource transactions = TransactionSource.of(TRANSACTIONS);
            return new Load(StatefulFraud.bundle(), transactions::records);
        }
        StatelessFraud fraud = StatelessFraud.prepare(SEED);
        return new Load(fraud.bundle(), fraud::records);
    }

    private List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        plan.exactlyOnce().forEach(millis -> settings.add(new Setting(Guarantee.EXACTLY_ONCE, millis)));
        plan.atLeastOnce().forEach(millis -> settings.add(new Setting(Guarantee.AT_LEAST_ONCE, millis)));
        return settings;
    }

    private Map<String, Object> shown(String bootstrapServers) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("streamThreads", plan.threads());
        settings.put("partitions", plan.threads());
        settings.put("batchLingerMillis", plan.lingerMillis());
        settings.put("kafka", plan.kafka());
        settings.put("generator", Clients.sender(bootstrapServers));
        settings.put("streamJvm", JVM_OPTIONS);
        settings.put("brokerJvm", BrokerProcess.JVM_OPTIONS);
        settings.put("processes", "broker, stream, and generator with consumer: on the same cores");
        return settings;
    }

    /** One broker and one stream process, with one pipeline after another. */
    private final class Run {
        private final String bootstrapServers;
        private final StreamProcess stream;
        private final Path bundle;
        private final Path folder;
        private final Load load;

        Run(String bootstrapServers, StreamProcess stream, Path bundle, Path folder, Load load) {
            this.bootstrapServers = bootstrapServers;
            this.stream = stream;
            this.bundle = bundle;
            this.folder = folder;
            this.load = load;
        }

        /** At full load, then at half of it, where other code runs; each until it gets no better. */
        void warmUp() throws InterruptedException {
            Setting setting = new Setting(Guarantee.EXACTLY_ONCE, plan.warmUpCommitMillis());
            start(WARM_UP, setting);
            try (Traffic traffic = traffic(WARM_UP)) {
                double maximum = Warming.best(plan.warmUpRounds(), round -> {
                    double rate = traffic.saturate(plan.maximumTime());
                    step.accept(String.format(Locale.ROOT, "warming up: %,.0f events/s", rate));
                    return rate;
                });
                if (maximum > 0) {
                    Warming.best(plan.warmUpRounds(), round -> {
                        double p99 =
                                line(traffic, setting, HALF, maximum).latency().p99();
                        step.accept(String.format(Locale.ROOT, "warming up: p99 %,.0f ms at half load", p99));
                        return 1 / p99;
                    });
                }
            }
            stream.stop();
        }

        void measure(Setting setting, Consumer<LatencyLine> done) throws InterruptedException {
            start(setting.name(), setting);
            try (Traffic traffic = traffic(setting.name())) {
                double maximum = maximum(setting, traffic);
                for (int percent : plan.loads()) {
                    done.accept(line(traffic, setting, percent, maximum));
                }
            }
            stream.stop();
        }

        private double maximum(Setting setting, Traffic traffic) throws InterruptedException {
            double rate = traffic.saturate(plan.maximumTime());
            if (!(rate > 0)) {
                throw new FailedException("no event was scored within " + plan.maximumSeconds()
                        + " s while the maximum was sought: give it more --maximum-seconds");
            }
            step.accept(String.format(Locale.ROOT, "%s: at most %,.0f events/s", setting.name(), rate));
            return rate;
        }

        private LatencyLine line(Traffic traffic, Setting setting, int percent, double maximum)
                throws InterruptedException {
            double rate = maximum * percent / 100;
            long firstId = traffic.sent();
            long uncounted = Math.round(rate * plan.warmUpSeconds());
            long events = uncounted + Math.max(1, Math.round(rate * plan.seconds()));
            OpenLoop loop = traffic.open(rate, events);
            LatencyRecorder recorder = new LatencyRecorder(loop.schedule(), firstId, uncounted);
            traffic.tell(recorder);
            loop.await();
            traffic.ended(loop);
            double backlogMillis =
                    (recorder.lastArrivalNanos() - loop.schedule().dueNanos(events - 1)) / NANOS_PER_MILLI;
            return new LatencyLine(
                    setting.guarantee(),
                    setting.commitMillis(),
                    maximum,
                    percent,
                    rate,
                    Percentiles.ofMicros(recorder.micros()),
                    loop.worstLateNanos() / NANOS_PER_MILLI,
                    backlogMillis,
                    backlogMillis <= MOST_BACKLOG_MILLIS,
                    traffic.scoredAgain());
        }

        private void start(String pipeline, Setting setting) throws InterruptedException {
            stream.run(new StreamOrder(
                    bootstrapServers,
                    pipeline,
                    bundle.toString(),
                    setting.guarantee(),
                    setting.commitMillis(),
                    plan.lingerMillis(),
                    plan.threads(),
                    plan.kafka(),
                    folder.resolve("state-" + pipeline).toString()));
        }

        private Traffic traffic(String pipeline) {
            return new Traffic(bootstrapServers, pipeline, load.records().get());
        }
    }
}
