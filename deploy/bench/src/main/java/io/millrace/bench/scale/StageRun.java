package io.millrace.bench.scale;

import io.millrace.bench.arena.ChildJvm;
import io.millrace.bench.arena.RunRequest;
import io.millrace.bench.arena.TopicFiller;
import io.millrace.cli.output.FailedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Has the stream score a filled topic, and looks every 20 ms how far its output is committed, at the price of some ten
 * markers a second and partition that count as records.
 *
 * <p>Threading: confined to one thread. Lifecycle: the topics of a run are deleted after it.
 */
record StageRun(Map<String, Object> kafka, ChildJvm stream) {
    private static final Duration ANSWER = Duration.ofMinutes(2);
    private static final Duration STALLED = Duration.ofMinutes(1);
    private static final long LOOK_MILLIS = 20;

    /** Counted records a second. */
    double perSecond(ScaleCourse course, String model, int round) throws InterruptedException {
        String name = course.name() + "-round-" + round;
        String bootstrap = String.valueOf(kafka.get("bootstrap.servers"));
        RunRequest request =
                RunRequest.of(bootstrap, course.topic(), name + ".scores", model, course.threads(), course.records());
        try {
            CommittedRate rate = new CommittedRate(course.filling(), course.counted());
            stream.ask(request, ANSWER);
            watch(name + ".scores", course.records(), rate);
            stream.ask(Map.of("op", RunRequest.STOP), ANSWER);
            double perSecond = rate.perSecond();
            if (Double.isNaN(perSecond)) {
                throw new FailedException(course.name() + ": " + course.counted()
                        + " records are committed in one step, so that there is no rate: take more");
            }
            return perSecond;
        } finally {
            TopicFiller.deleteAllOf(kafka, name);
        }
    }

    private void watch(String output, long records, CommittedRate rate) throws InterruptedException {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            long seen = -1;
            long sinceNanos = System.nanoTime();
            while (seen < records) {
                long now = committed(consumer, output);
                rate.saw(System.nanoTime(), now);
                if (now > seen) {
                    seen = now;
                    sinceNanos = System.nanoTime();
                } else if (System.nanoTime() - sinceNanos > STALLED.toNanos()) {
                    throw new FailedException("nothing was committed to " + output + " for " + STALLED.toSeconds()
                            + " s, with " + seen + " of " + records + " records done");
                }
                Thread.sleep(LOOK_MILLIS);
            }
        }
    }

    private static long committed(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        return consumer.endOffsets(partitions).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
