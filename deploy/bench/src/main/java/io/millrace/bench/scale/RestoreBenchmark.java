package io.millrace.bench.scale;

import io.millrace.bench.arena.ArenaInput;
import io.millrace.bench.arena.BrokerProcess;
import io.millrace.bench.arena.RunRequest;
import io.millrace.bench.arena.StatefulFraud;
import io.millrace.bench.arena.TopicFiller;
import io.millrace.cli.output.ByteSize;
import io.millrace.cli.output.FailedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.ReplicaInfo;

/**
 * Question: how long until a stream with a large state scores again? The real pipeline, exactly-once, builds the state
 * from events each of which has a customer and a terminal of its own. Then its process is stopped or killed, and one
 * takes over: with its folder, without, with a standby. Each time is from the kill, or from the start of the new process
 * where the stop was orderly, to the first committed scores of new events in all partitions; the start of the JVM and the
 * loading of the model are in it.
 *
 * <p>Threading: confined to one thread. Lifecycle: all processes end before {@link #run} returns; the folder is the
 * caller's to remove.
 */
public final class RestoreBenchmark {
    private static final String INPUT = "restore-transactions";
    private static final String PIPELINE = "restore";
    private static final String OUTPUT = PIPELINE + ".scores";
    private static final String FIRST = "first";
    private static final int PARTITIONS = 2;
    private static final int THREADS = 1;
    private static final int SEND = 5_000;
    private static final int MOST_WAITING = 200_000;
    private static final double GAP_MILLIS = 1;
    /** On disk, of a customer and a terminal of which one event is known; the report says how much it really was. */
    private static final int BYTES_PER_EVENT = 185;

    private static final Duration TELL = Duration.ofSeconds(5);
    private static final Duration STALLED = Duration.ofMinutes(2);

    private final long bytes;
    private final Set<RestoreWay> wanted;
    private final Path folder;
    private final Consumer<String> step;

    /**
     * @param bytes of state on disk to build, about
     * @param wanted ways to measure
     * @param step told what is being done
     */
    public RestoreBenchmark(long bytes, Set<RestoreWay> wanted, Path folder, Consumer<String> step) {
        if (bytes < 1_000_000) {
            throw new IllegalArgumentException("at least 1MB of state is needed, were " + bytes + " bytes");
        }
        this.bytes = bytes;
        this.wanted = Set.copyOf(wanted);
        this.folder = folder;
        this.step = step;
    }

    /** Builds the state, and has it back in each way. */
    public RestoreReport run() throws InterruptedException {
        Path model = ArenaInput.write(folder.resolve("model"), StatefulFraud.bundle());
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("broker"))) {
            TopicFiller.create(broker.kafka(), INPUT, PARTITIONS);
            TopicFiller.create(broker.kafka(), OUTPUT, PARTITIONS);
            RunRequest work = RunRequest.of(
                    broker.bootstrapServers(), INPUT, OUTPUT, model.toString(), THREADS, bytes / BYTES_PER_EVENT);
            KeyedTransactions events = new KeyedTransactions(Long.MAX_VALUE, GAP_MILLIS);
            try (LiveFlow flow = new LiveFlow(broker.kafka(), INPUT, OUTPUT, events)) {
                return run(work, flow, broker.kafka());
            }
        }
    }

    private RestoreReport run(RunRequest work, LiveFlow flow, Map<String, Object> kafka) throws InterruptedException {
        long startNanos = System.nanoTime();
        double fillSeconds;
        try (StreamInstance first = StreamInstance.start(work, FIRST, folder, 0)) {
            fill(flow, work.records());
            fillSeconds = (flow.awaitScores() - startNanos) / 1e9;
            first.stop();
        }
        long events = flow.sent();
        long stateBytes = FolderSize.of(StreamInstance.stateFolder(folder, FIRST));
        long changelogBytes = changelogBytes(kafka);
        try (RestoreWays ways = new RestoreWays(work, flow, kafka, folder, step, FIRST)) {
            for (RestoreWay way : RestoreWay.values()) {
                if (wanted.contains(way)) {
                    ways.measure(way);
                }
            }
            return new RestoreReport(stateBytes, changelogBytes, events, fillSeconds, PARTITIONS, ways.lines());
        }
    }

    private void fill(LiveFlow flow, long events) throws InterruptedException {
        step.accept(String.format(Locale.ROOT, "scoring %,d events, for %s of state", events, ByteSize.text(bytes)));
        long toldNanos = System.nanoTime();
        long progress = -1;
        long progressNanos = toldNanos;
        while (flow.sent() < events) {
            long committed = flow.committed();
            if (flow.sent() - committed < MOST_WAITING) {
                flow.send((int) Math.min(SEND, events - flow.sent()));
            } else {
                Thread.sleep(20);
            }
            long nowNanos = System.nanoTime();
            if (committed != progress) {
                progress = committed;
                progressNanos = nowNanos;
            } else if (nowNanos - progressNanos > STALLED.toNanos()) {
                throw new FailedException("no score for " + STALLED.toMinutes() + " minutes after " + committed);
            }
            if (nowNanos - toldNanos > TELL.toNanos()) {
                toldNanos = nowNanos;
                step.accept(String.format(Locale.ROOT, "%,d events scored", committed));
            }
        }
    }

    private static long changelogBytes(Map<String, Object> kafka) throws InterruptedException {
        try (Admin admin = Admin.create(kafka)) {
            List<Integer> brokers = admin.describeCluster().nodes().get().stream()
                    .map(node -> node.id())
                    .toList();
            return admin.describeLogDirs(brokers).allDescriptions().get().values().stream()
                    .flatMap(folders -> folders.values().stream())
                    .map(LogDirDescription::replicaInfos)
                    .flatMap(replicas -> replicas.entrySet().stream())
                    .filter(replica -> replica.getKey().topic().endsWith("-changelog"))
                    .map(Map.Entry::getValue)
                    .mapToLong(ReplicaInfo::size)
                    .sum();
        } catch (ExecutionException e) {
            throw new FailedException("the broker's logs cannot be measured: " + e.getCause(), e);
        }
    }
}
