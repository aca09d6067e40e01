package io.millrace.stream.feed;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.schemas.avro.FeedPoint;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.commit.CommitHook;
import io.millrace.stream.config.FeedConfig;
import io.millrace.stream.config.ScoreFormat;
import io.millrace.stream.event.FeedItem;
import io.millrace.stream.event.FeedItemSerde;
import io.millrace.stream.event.Outgoing;
import io.millrace.stream.runtime.FeedMeters;
import io.millrace.stream.runtime.PipelineMeters;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** A feed alone, on a driver that commits after every text. */
final class FeedHarness implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
    static final int CLASSES = 2;
    private static final String STORE = "windows";

    private final FeedMeters meters = new PipelineMeters(new SimpleMeterRegistry(), "sentiment").feed();
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], FeedItem> items;
    private final TestOutputTopic<byte[], byte[]> points;

    FeedHarness(FeedConfig config) {
        var settings = new FeedProcessor.Settings(
                "sentiment",
                "sentiment",
                CLASSES,
                config,
                ScoreFormat.JSON,
                STORE,
                "unwritten",
                InstantSource.fixed(NOW),
                meters);
        String topic = TopicCatalogue.feed("sentiment");
        Topology topology = new Topology()
                .addSource("read", new ByteArrayDeserializer(), new FeedItemSerde().deserializer(), "items")
                .addProcessor("feed", () -> new FeedProcessor(settings), "read")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(STORE), Serdes.ByteArray(), Serdes.ByteArray()),
                        "feed")
                .addStateStore(new CommitHook.Builder("unwritten"), "feed")
                .addSink(
                        "write",
                        topic,
                        new ByteArraySerializer(),
                        (String name, Outgoing outgoing) -> Objects.requireNonNull(outgoing.value()),
                        "feed");
        driver = new TopologyTestDriver(topology, new Properties());
        items = driver.createInputTopic("items", new ByteArraySerializer(), new FeedItemSerde().serializer());
        points = driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    void send(FeedItem item) {
        items.pipeInput(item.subject().getBytes(StandardCharsets.UTF_8), item);
    }

    /** The points written since the last call, in order. */
    List<FeedPoint> written() {
        return points.readValuesToList().stream().map(FeedJson::read).toList();
    }

    /** The last point of each key that was written since the last call. */
    Map<String, FeedPoint> last() {
        Map<String, FeedPoint> last = new TreeMap<>();
        for (KeyValue<byte[], byte[]> record : points.readKeyValuesToList()) {
            last.put(new String(record.key, StandardCharsets.UTF_8), FeedJson.read(record.value));
        }
        return last;
    }

    FeedView view() {
        KeyValueStore<byte[], byte[]> store = driver.getKeyValueStore(STORE);
        return new FeedView(() -> store, "sentiment");
    }

    /** How many entries its store has. */
    int stored() {
        List<byte[]> keys = new ArrayList<>();
        KeyValueStore<byte[], byte[]> store = driver.getKeyValueStore(STORE);
        try (KeyValueIterator<byte[], byte[]> all = store.all()) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys.size();
    }

    FeedMeters meters() {
        return meters;
    }

    @Override
    public void close() {
        driver.close();
    }
}
