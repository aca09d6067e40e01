package io.millrace.cli.feed;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.stream.commit.CommitHook;
import io.millrace.stream.config.ScoreFormat;
import io.millrace.stream.event.FeedItemSerde;
import io.millrace.stream.event.Outgoing;
import io.millrace.stream.feed.FeedProcessor;
import io.millrace.stream.runtime.PipelineMeters;
import java.time.Clock;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/** A feed of scored texts in a process of its own, so that a test can kill it. Arguments: bootstrap servers, state folder. */
public final class FeedChild {
    private FeedChild() {}

    public static void main(String[] arguments) throws InterruptedException {
        var settings = new FeedProcessor.Settings(
                FeedFixture.PIPELINE,
                "model",
                FeedFixture.CLASSES,
                FeedFixture.CONFIG,
                ScoreFormat.AVRO,
                "windows",
                "unwritten",
                Clock.systemUTC(),
                new PipelineMeters(new SimpleMeterRegistry(), FeedFixture.PIPELINE).feed());
        Topology topology = new Topology()
                .addSource("read", new ByteArrayDeserializer(), new FeedItemSerde().deserializer(), FeedFixture.ITEMS)
                .addProcessor("feed", () -> new FeedProcessor(settings), "read")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore("windows"), Serdes.ByteArray(), Serdes.ByteArray()),
                        "feed")
                .addStateStore(new CommitHook.Builder("unwritten"), "feed")
                .addSink(
                        "write",
                        FeedFixture.FEED,
                        new ByteArraySerializer(),
                        (String topic, Outgoing outgoing) -> Objects.requireNonNull(outgoing.value()),
                        "feed");
        new KafkaStreams(topology, properties(arguments[0], arguments[1])).start();
        new CountDownLatch(1).await();
    }

    private static Properties properties(String servers, String stateDir) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "feed");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        properties.put("auto.offset.reset", "earliest");
        properties.put("max.poll.records", 500);
        // The process comes back under its name: no waiting for the killed one's session to end.
        properties.put(StreamsConfig.mainConsumerPrefix("group.instance.id"), "feed-1");
        return properties;
    }
}
