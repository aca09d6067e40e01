package io.millrace.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.cli.support.TestTopics;
import io.millrace.stream.commit.IdleCommits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With ten minutes between commits, whatever becomes visible was committed because its thread was idle. */
class IdleCommitsTest {
    private static final String HOLD = "hold";

    @TempDir
    private Path folder;

    private final AtomicInteger seen = new AtomicInteger();

    @Test
    void anIdleThreadCommitsEachHopButNotWhileRowsGather() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            TestTopics topics = new TestTopics(broker.bootstrapServers());
            topics.create("in", 1);
            topics.create("out", 1);
            IdleCommits idleCommits = new IdleCommits(Duration.ofMillis(5), System::nanoTime);
            try (KafkaStreams streams = new KafkaStreams(
                    topology(idleCommits), settings(broker.bootstrapServers()), idleCommits.clients())) {
                streams.start();
                send(topics, "a");
                send(topics, "b");
                await().atMost(Duration.ofMinutes(1))
                        .untilAsserted(() -> assertThat(topics.readTexts("out")).containsExactly("a", "b"));

                send(topics, HOLD);
                await().atMost(Duration.ofMinutes(1)).until(() -> seen.get() == 3);
                await().during(Duration.ofMillis(500))
                        .untilAsserted(() -> assertThat(topics.readTexts("out")).containsExactly("a", "b"));

                send(topics, "c");
                await().atMost(Duration.ofMinutes(1))
                        .untilAsserted(() -> assertThat(topics.readTexts("out")).containsExactly("a", "b", HOLD, "c"));
            }
        }
    }

    @Test
    void atLeastOnceItIsTheOffsetsThatAreCommitted() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            TestTopics topics = new TestTopics(broker.bootstrapServers());
            topics.create("in", 1);
            topics.create("out", 1);
            IdleCommits idleCommits = new IdleCommits(Duration.ofMillis(5), System::nanoTime);
            Properties settings = settings(broker.bootstrapServers());
            settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
            try (KafkaStreams streams = new KafkaStreams(topology(idleCommits), settings, idleCommits.clients());
                    Admin admin = Admin.create(broker.clientProperties())) {
                streams.start();
                send(topics, "a");
                send(topics, "b");

                await().atMost(Duration.ofMinutes(1))
                        .untilAsserted(() -> assertThat(committed(admin))
                                .containsOnly(Map.entry("in", 2L), Map.entry("idle-between-repartition", 2L)));
            }
        }
    }

    private static Map<String, Long> committed(Admin admin) throws Exception {
        return admin.listConsumerGroupOffsets("idle").partitionsToOffsetAndMetadata().get().entrySet().stream()
                .collect(Collectors.toMap(
                        offset -> offset.getKey().topic(),
                        offset -> offset.getValue().offset()));
    }

    private static void send(TestTopics topics, String value) {
        topics.send("in", "key", value.getBytes(StandardCharsets.UTF_8));
    }

    private Topology topology(IdleCommits idleCommits) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.<byte[], byte[]>stream("in")
                .process(() -> new Passing(idleCommits))
                .repartition(Repartitioned.<byte[], byte[]>as("between").withNumberOfPartitions(1))
                .process(() -> new Passing(idleCommits))
                .to("out");
        return builder.build();
    }

    private Properties settings(String bootstrapServers) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                StreamsConfig.APPLICATION_ID_CONFIG,
                "idle",
                StreamsConfig.STATE_DIR_CONFIG,
                folder.resolve("state").toString(),
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                Duration.ofMinutes(10).toMillis(),
                StreamsConfig.producerPrefix("transaction.timeout.ms"),
                (int) Duration.ofMinutes(15).toMillis(),
                StreamsConfig.consumerPrefix("auto.offset.reset"),
                "earliest",
                StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG,
                Serdes.ByteArraySerde.class,
                StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG,
                Serdes.ByteArraySerde.class));
        return settings;
    }

    /** Passes records on; from one that says so until the next, it has the commit wait. */
    private final class Passing implements Processor<byte[], byte[], byte[], byte[]> {
        private final IdleCommits.Work work;
        private @Nullable ProcessorContext<byte[], byte[]> context;

        Passing(IdleCommits idleCommits) {
            this.work = idleCommits.work();
        }

        @Override
        public void init(ProcessorContext<byte[], byte[]> initialised) {
            context = initialised;
            work.open(initialised);
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            ProcessorContext<byte[], byte[]> out = context;
            if (out == null) {
                throw new IllegalStateException("process before init");
            }
            work.changed();
            if (out.taskId().subtopology() == 0) {
                work.hold(HOLD.equals(new String(record.value(), StandardCharsets.UTF_8)));
                seen.incrementAndGet();
            }
            out.forward(record);
        }

        @Override
        public void close() {
            work.close();
        }
    }
}
