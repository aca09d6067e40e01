package io.millrace.bench.swap;

import io.millrace.bench.arena.ArenaInput;
import io.millrace.bench.arena.BrokerProcess;
import io.millrace.bench.arena.StatefulFraud;
import io.millrace.bench.arena.StreamContender;
import io.millrace.bench.live.MemoryNow;
import io.millrace.bench.live.OpenLoop;
import io.millrace.bench.live.StreamOrder;
import io.millrace.bench.live.StreamProcess;
import io.millrace.bench.live.Traffic;
import io.millrace.bench.live.TransactionSource;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.schemas.registry.ModelRegistryWriter;
import io.millrace.schemas.registry.PublishAs;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.config.Guarantee;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Question: does memory grow with the number of versions that a stream has served?
 *
 * <p>Versions of the shipped fraud trees, each with other leaves and so with another file, are published one after the
 * other, through the registry and as fast as the stream takes them over, while transactions flow lightly; a swap counts
 * when a batch has met the version. The stream's Java heap is of a fixed size and touched from the start, so that what
 * grows in its resident memory is native; what lives in the heap after a full collection is told beside it.
 *
 * <p>Threading: confined to one thread. Lifecycle: all that a run starts ends with it.
 */
public final class SoakBenchmark {
    /** Of the stream's process. */
    public static final List<String> JVM_OPTIONS =
            List.of("-Xms384m", "-Xmx384m", "-XX:+AlwaysPreTouch", "-XX:NativeMemoryTracking=summary");

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String PIPELINE = "soak";
    private static final int TRANSACTIONS = 100_000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long COMMIT_MILLIS = 100;
    private static final long LINGER_MILLIS = 5;

    private final SoakPlan plan;
    private final Consumer<String> step;

    /** @param step is told what is being done */
    public SoakBenchmark(SoakPlan plan, Consumer<String> step) {
        this.plan = plan;
        this.step = step;
    }

    /** Measures; the listener hears of each swap. */
    public SoakReport run(Path folder, IntConsumer progress) throws InterruptedException {
        Bundle first = withoutBooster(StatefulFraud.bundle());
        Path bundle = ArenaInput.write(folder.resolve("bundle"), first);
        Path brokerFolder = folder.resolve("broker");
        String model = first.manifest().name();
        try (BrokerProcess broker = BrokerProcess.start(brokerFolder);
                StreamProcess stream = StreamProcess.start(folder, JVM_OPTIONS)) {
            StreamContender.publish(broker.kafka(), first);
            stream.run(new StreamOrder(
                    broker.bootstrapServers(),
                    PIPELINE,
                    bundle.toString(),
                    Guarantee.EXACTLY_ONCE,
                    COMMIT_MILLIS,
                    LINGER_MILLIS,
                    1,
                    Map.of(),
                    folder.resolve("state").toString()));
            try (Traffic traffic = new Traffic(
                            broker.bootstrapServers(),
                            PIPELINE,
                            TransactionSource.of(TRANSACTIONS).records());
                    ModelRegistryWriter writer =
                            new ModelRegistryWriter(broker.kafka(), model, "bench", Clock.systemUTC())) {
                if (!plan.settle().isZero()) {
                    step.accept("full load before the first swap");
                    traffic.saturate(plan.settle());
                }
                OpenLoop loop = traffic.open(plan.rate(), Long.MAX_VALUE);
                Swaps swaps = new Swaps(stream, writer, new TabularVersions(first));
                try {
                    swaps.all(progress);
                } finally {
                    loop.end();
                }
                traffic.ended(loop);
                long events = traffic.sent();
                return swaps.report(events, traffic.scoredAgain(), new TopicFiles(brokerFolder).sizes(topics()));
            }
        }
    }

    /** What only a trainer reads would not be swapped by a stream. */
    private static Bundle withoutBooster(Bundle bundle) {
        return Bundle.of(
                ManifestBuilder.like(bundle.manifest()).blobs(Map.of()).build(),
                Map.of(Bundle.MODEL_BLOB, bundle.model()));
    }

    private static List<String> topics() {
        return List.of(
                TopicCatalogue.MODEL_VERSIONS,
                TopicCatalogue.MODEL_CHUNKS,
                TopicCatalogue.MODEL_ROLES,
                TopicCatalogue.MODEL_STATUS,
                TopicCatalogue.activations(PIPELINE));
    }

    /** The swaps of a run. */
    private final class Swaps {
        private final StreamProcess stream;
        private final ModelRegistryWriter writer;
        private final TabularVersions versions;
        private final List<SoakPoint> points = new ArrayList<>();
        private final long[] publishingNanos = new long[plan.swaps()];
        private final long[] takingNanos = new long[plan.swaps()];

        Swaps(StreamProcess stream, ModelRegistryWriter writer, TabularVersions versions) {
            this.stream = stream;
            this.writer = writer;
            this.versions = versions;
        }

        void all(IntConsumer progress) throws InterruptedException {
            long startNanos = System.nanoTime();
            for (int swap = 1; swap <= plan.swaps(); swap++) {
                one(swap);
                if (plan.isMeasuredAt(swap)) {
                    MemoryNow memory = stream.memory();
                    points.add(new SoakPoint(swap, (System.nanoTime() - startNanos) / NANOS_PER_SECOND, memory));
                }
                progress.accept(swap);
            }
        }

        private void one(int swap) throws InterruptedException {
            var draft = versions.draft(swap);
            long beganNanos = System.nanoTime();
            int version =
                    writer.publish(draft, PublishAs.CHAMPION, "to measure").getVersion();
            long publishedNanos = System.nanoTime();
            stream.awaitSwap(version, PATIENCE);
            publishingNanos[swap - 1] = publishedNanos - beganNanos;
            takingNanos[swap - 1] = System.nanoTime() - publishedNanos;
        }

        SoakReport report(long events, long scoredAgain, List<SoakReport.TopicSize> sizes) {
            SoakPoint first = points.get(0);
            SoakPoint last = points.get(points.size() - 1);
            double seconds = (Arrays.stream(publishingNanos).sum()
                            + Arrays.stream(takingNanos).sum())
                    / NANOS_PER_SECOND;
            return new SoakReport(
                    plan.swaps(),
                    plan.swaps() / seconds,
                    first.swaps(),
                    ratio(last.memory().residentBytes(), first.memory().residentBytes()),
                    ratio(last.memory().nativeBytes(), first.memory().nativeBytes()),
                    ratio(last.memory().heapUsedBytes(), first.memory().heapUsedBytes()),
                    events,
                    scoredAgain,
                    new SoakReport.Steps(Spans.ofNanos(publishingNanos), Spans.ofNanos(takingNanos)),
                    points,
                    sizes);
        }

        private static double ratio(long now, long then) {
            return (double) now / then;
        }
    }
}
