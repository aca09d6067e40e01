package io.millrace.bench.swap;

import io.millrace.bench.Warming;
import io.millrace.bench.arena.ArenaInput;
import io.millrace.bench.arena.BrokerProcess;
import io.millrace.bench.arena.StreamContender;
import io.millrace.bench.latency.Percentiles;
import io.millrace.bench.live.OpenLoop;
import io.millrace.bench.live.StreamOrder;
import io.millrace.bench.live.StreamProcess;
import io.millrace.bench.live.Taps;
import io.millrace.bench.live.Times;
import io.millrace.bench.live.Traffic;
import io.millrace.bench.swap.SwapTimes.Swap;
import io.millrace.cli.output.FailedException;
import io.millrace.inference.onnx.quantize.NotQuantizableException;
import io.millrace.schemas.registry.ModelRegistryWriter;
import io.millrace.schemas.registry.PublishAs;
import io.millrace.stream.config.Guarantee;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.LongStream;

/**
 * Question: what does a new version do to the records that flow?
 *
 * <p>A swap's <b>pause</b> is the time for which it keeps the stream thread from scoring: from when a batch asks for its
 * model to when it holds the new version's lease and has noted that, which the stream itself times, and by how much the first batch with the new version is slower than as many others of its size. What a batch takes anyway,
 * and a commit, which also tells of the version, are no pause; and closing the old version is on another thread. The gaps between outputs are shown beside
 * it, as they are, in windows around each switch and in as long ones between swaps.
 *
 * <p>Fetching, checking and warming up a version is on another thread, but on the same cores: what that costs the
 * records shows in the latencies of those that were due from the publication until shortly after the switch.
 *
 * <p>Threading: confined to one thread. Units: nanoseconds of the monotonic clock, which all processes of a machine
 * share on Linux. Lifecycle: all that a run starts ends with it.
 */
public final class SwapBenchmark {
    private static final List<String> TABULAR_JVM = List.of("-Xms1g", "-Xmx1g");
    private static final List<String> TRANSFORMER_JVM = List.of("-Xms2g", "-Xmx2g");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PIPELINE = "swaps";
    private static final long LINGER_MILLIS = 5;
    private static final double JITTER = 0.25;
    private static final long SEED = 1;

    private final SwapPlan plan;
    private final Consumer<String> step;

    /** @param step is told what is being done */
    public SwapBenchmark(SwapPlan plan, Consumer<String> step) {
        this.plan = plan;
        this.step = step;
    }

    /** Measures; the listener hears of each swap, counted over all pipelines. */
    public SwapReport run(Set<SwapPipeline> pipelines, Path folder, IntConsumer progress)
            throws InterruptedException, NotQuantizableException {
        Map<String, SwapOutcome> outcomes = new LinkedHashMap<>();
        for (SwapPipeline pipeline : EnumSet.copyOf(pipelines)) {
            String name = pipeline.name().toLowerCase(Locale.ROOT);
            int before = outcomes.size() * plan.swaps();
            step.accept("making up versions and events: " + name);
            boolean tabular = pipeline == SwapPipeline.TABULAR;
            SwapVersions versions =
                    tabular ? SwapVersions.tabular() : SwapVersions.transformer(plan.model(), plan.small());
            List<String> jvm = tabular ? TABULAR_JVM : TRANSFORMER_JVM;
            outcomes.put(name, measure(versions, jvm, folder.resolve(name), done -> progress.accept(before + done)));
        }
        return SwapReport.of(outcomes);
    }

    private SwapOutcome measure(SwapVersions versions, List<String> jvm, Path folder, IntConsumer progress)
            throws InterruptedException {
        Path bundle = ArenaInput.write(folder.resolve("bundle"), versions.first());
        String model = versions.first().manifest().name();
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("broker"));
                StreamProcess stream = StreamProcess.start(folder, jvm)) {
            StreamContender.publish(broker.kafka(), versions.first());
            stream.run(new StreamOrder(
                    broker.bootstrapServers(),
                    PIPELINE,
                    bundle.toString(),
                    Guarantee.EXACTLY_ONCE,
                    plan.commitMillis(),
                    LINGER_MILLIS,
                    1,
                    Map.of(),
                    folder.resolve("state").toString()));
            try (Traffic traffic = new Traffic(
                            broker.bootstrapServers(),
                            PIPELINE,
                            versions.records().get());
                    ModelRegistryWriter writer =
                            new ModelRegistryWriter(broker.kafka(), model, "bench", Clock.systemUTC())) {
                double maximum = maximum(traffic);
                if (!(maximum > 0)) {
                    throw new FailedException("no event was scored while the maximum was sought");
                }
                double rate = maximum * plan.load() / 100;
                step.accept(
                        String.format(Locale.ROOT, "swapping under %,.1f of at most %,.1f events/s", rate, maximum));
                return new Load(stream, traffic, writer, versions, maximum, rate).measure(progress);
            }
        }
    }

    private double maximum(Traffic traffic) throws InterruptedException {
        return Warming.best(plan.warmUpRounds(), round -> {
            double rate = traffic.saturate(plan.maximum());
            step.accept(String.format(Locale.ROOT, "seeking the maximum: %,.1f events/s", rate));
            return rate;
        });
    }

    /** The load of one pipeline and the swaps under it. */
    private final class Load {
        private final StreamProcess stream;
        private final Traffic traffic;
        private final ModelRegistryWriter writer;
        private final SwapVersions versions;
        private final double maximum;
        private final double rate;
        private final Random jitter = new Random(SEED);

        Load(
                StreamProcess stream,
                Traffic traffic,
                ModelRegistryWriter writer,
                SwapVersions versions,
                double maximum,
                double rate) {
            this.stream = stream;
            this.traffic = traffic;
            this.writer = writer;
            this.versions = versions;
            this.maximum = maximum;
            this.rate = rate;
        }

        SwapOutcome measure(IntConsumer progress) throws InterruptedException {
            OpenLoop loop = traffic.open(rate, Long.MAX_VALUE);
            SwapLatencies latencies = new SwapLatencies(loop.schedule(), traffic.sent());
            traffic.tell(latencies);
            long[] published = new long[plan.swaps()];
            long fromNanos;
            long toNanos;
            Taps taps;
            try {
                TimeUnit.MILLISECONDS.sleep(plan.settle().toMillis());
                Taps settling = stream.taps();
                fromNanos = System.nanoTime();
                require(settling.batches().count() > 0, "nothing was scored while the load settled");
                for (int swap = 1; swap <= plan.swaps(); swap++) {
                    TimeUnit.MILLISECONDS.sleep(pause());
                    int version = writer.publish(versions.draft().apply(swap), PublishAs.CHAMPION, "to measure")
                            .getVersion();
                    published[swap - 1] = System.nanoTime();
                    stream.awaitSwap(version, PATIENCE);
                    progress.accept(swap);
                }
                TimeUnit.MILLISECONDS.sleep(pause());
                toNanos = System.nanoTime();
                taps = stream.taps();
            } finally {
                loop.end();
            }
            long events = loop.sent();
            traffic.ended(loop);
            return outcome(times(published, taps, fromNanos, toNanos), taps, latencies, loop, events);
        }

        /** Not in step with commits. */
        private long pause() {
            return Math.round(plan.between().toMillis() * (1 + JITTER * (2 * jitter.nextDouble() - 1)));
        }

        private SwapTimes times(long[] published, Taps taps, long fromNanos, long toNanos) {
            List<Swap> swaps = new ArrayList<>();
            long[] active = taps.swaps().endNanos();
            require(active.length == published.length, active.length + " versions took over of " + published.length);
            for (int i = 0; i < published.length; i++) {
                // The stream may be quicker than the answer to the publisher.
                swaps.add(new Swap(Math.min(published[i], active[i]), active[i]));
            }
            return new SwapTimes(swaps, fromNanos, toNanos);
        }

        private SwapOutcome outcome(SwapTimes times, Taps taps, SwapLatencies latencies, OpenLoop loop, long events) {
            int swaps = times.swaps().size();
            long[] loading = times.swaps().stream()
                    .mapToLong(swap -> swap.activeNanos() - swap.publishedNanos())
                    .toArray();
            Spans taking = Spans.ofNanos(taps.swaps().tookNanos());
            Spans first = Spans.ofNanos(InWindows.next(taps.batches(), active(times)));
            Times.Taken steadyBatches = InWindows.part(taps.batches(), times.calm());
            SizeLine line = SizeLine.through(steadyBatches);
            Spans firstBeyond = Spans.ofNanos(InWindows.next(line.beyond(taps.batches()), active(times)));
            long[] steadyBeyond = line.beyond(steadyBatches).tookNanos();
            double excess = Math.max(0, firstBeyond.p999() - Spans.expectedTailMillis(steadyBeyond, swaps, SEED));
            Percentiles steady = latencies.in(times.calm());
            Percentiles atSwaps = latencies.in(times.loadings());
            return new SwapOutcome(
                    swaps,
                    maximum,
                    rate,
                    events,
                    traffic.scoredAgain(),
                    Spans.ofNanos(loading),
                    taking,
                    Spans.ofNanos(taps.tellings().tookNanos()),
                    first,
                    Spans.ofNanos(steadyBatches.tookNanos()),
                    firstBeyond,
                    Spans.ofNanos(steadyBeyond),
                    excess,
                    taking.p999() + excess,
                    Spans.ofNanos(InWindows.longest(taps.gaps(), times.switches())),
                    Spans.ofNanos(InWindows.longest(taps.gaps(), times.calmWindows())),
                    Spans.ofNanos(InWindows.next(taps.gaps(), active(times))),
                    atSwaps.p99() / steady.p99(),
                    steady,
                    atSwaps,
                    Spans.millis(loop.worstLateNanos()));
        }

        private static LongStream active(SwapTimes times) {
            return times.swaps().stream().mapToLong(Swap::activeNanos);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new FailedException(otherwise);
        }
    }
}
