package io.millrace.bench.scale;

import io.millrace.bench.arena.RunRequest;
import io.millrace.cli.output.ByteSize;
import io.millrace.cli.output.FailedException;
import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/**
 * Stops or kills a stream instance and has another take over, one way after the other, each from a stream that scores.
 *
 * <p>Threading: confined to one thread. Lifecycle: its instances end with {@link #close}.
 */
final class RestoreWays implements AutoCloseable {
    private static final Duration BEFORE_KILL = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration WARM_PATIENCE = Duration.ofMinutes(10);
    private static final int SETTLED_LOOKS = 8;
    private static final double WARM = 0.9;

    private final RunRequest work;
    private final LiveFlow flow;
    private final Map<String, Object> kafka;
    private final Path folder;
    private final Consumer<String> step;
    private final List<RestoreReport.Line> lines = new ArrayList<>();
    private final List<StreamInstance> started = new ArrayList<>();
    private StreamInstance present;
    private int others;

    /** Begins with an instance that was stopped, started again and scoring. */
    RestoreWays(
            RunRequest work, LiveFlow flow, Map<String, Object> kafka, Path folder, Consumer<String> step, String first)
            throws InterruptedException {
        this.work = work;
        this.flow = flow;
        this.kafka = kafka;
        this.folder = folder;
        this.step = step;
        this.present = StreamInstance.start(work, first, folder, 0);
        started.add(present);
    }

    List<RestoreReport.Line> lines() {
        return lines;
    }

    /** Measures a way. */
    void measure(RestoreWay way) throws InterruptedException {
        step.accept(way.meaning());
        long unused = flow.awaitScores();
        switch (way) {
            case KEPT -> inOrder(way, present.instance());
            case KILLED -> killed(way, present.instance());
            case FRESH -> inOrder(way, another());
            case REPLACED -> killed(way, another());
            case STANDBY -> standby(way);
        }
    }

    private StreamInstance start(String instance, int standbyReplicas) throws InterruptedException {
        StreamInstance running = StreamInstance.start(work, instance, folder, standbyReplicas);
        started.add(running);
        return running;
    }

    /** A name that no instance had before, and so an empty folder. */
    private String another() {
        return "another-" + ++others;
    }

    /** The present one is stopped in order, then one is started, and the time counts from then. */
    private void inOrder(RestoreWay way, String instance) throws InterruptedException {
        int partitions = partitionsOf(present.instance());
        present.stop();
        long startNanos = System.nanoTime();
        present = start(instance, 0);
        note(way, startNanos, partitions);
    }

    /** The present one is killed at work, another started at once, and the time counts from the kill. */
    private void killed(RestoreWay way, String instance) throws InterruptedException {
        flow.trickle(BEFORE_KILL);
        int partitions = partitionsOf(present.instance());
        long startNanos = System.nanoTime();
        present.kill();
        present = start(instance, 0);
        note(way, startNanos, partitions);
    }

    private void standby(RestoreWay way) throws InterruptedException {
        present.stop();
        StreamInstance victim = start(present.instance(), 1);
        long unused = flow.awaitScores();
        StreamInstance heir = start(another(), 1);
        awaitWarm(victim.stateFolder(), heir.stateFolder());
        flow.trickle(BEFORE_KILL);
        int lost = partitionsOf(victim.instance());
        if (lost == 0) {
            throw new FailedException("the instance to be killed has no partition: there is nothing to measure");
        }
        long startNanos = System.nanoTime();
        victim.kill();
        present = heir;
        note(way, startNanos, lost);
    }

    private void note(RestoreWay way, long startNanos, int lost) {
        double seconds = (flow.awaitScores() - startNanos) / 1e9;
        lines.add(new RestoreReport.Line(way.name().toLowerCase(Locale.ROOT), way.meaning(), seconds, lost));
        step.accept(String.format(Locale.ROOT, "%.1f s", seconds));
    }

    /** Until the copy is about as large as what it copies, and has not grown for a while. */
    private void awaitWarm(Path original, Path copy) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + WARM_PATIENCE.toNanos();
        long before = -1;
        int settled = 0;
        while (settled < SETTLED_LOOKS) {
            if (System.nanoTime() > deadlineNanos) {
                throw new FailedException("the standby has " + ByteSize.text(before) + " of "
                        + ByteSize.text(FolderSize.of(original)) + " after " + WARM_PATIENCE.toMinutes() + " minutes");
            }
            flow.trickle(LOOK);
            long now = FolderSize.of(copy);
            boolean still = Math.abs(now - before) < before / 100 && now >= WARM * FolderSize.of(original);
            settled = still ? settled + 1 : 0;
            before = now;
        }
    }

    /** How many partitions the tasks of an instance read. */
    private int partitionsOf(String instance) throws InterruptedException {
        String group = "millrace-" + work.output().replace(TopicCatalogue.scores(""), "");
        try (Admin admin = Admin.create(kafka)) {
            return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                    .flatMap(description -> description.members().stream())
                    .filter(member -> member.groupInstanceId()
                            .filter(id -> id.startsWith(instance + "-"))
                            .isPresent())
                    .mapToInt(member -> member.assignment().topicPartitions().size())
                    .sum();
        } catch (ExecutionException e) {
            throw new FailedException("group " + group + " cannot be described: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        started.forEach(StreamInstance::close);
    }
}
