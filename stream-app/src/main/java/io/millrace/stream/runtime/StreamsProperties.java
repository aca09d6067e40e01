package io.millrace.stream.runtime;

import io.millrace.stream.config.Guarantee;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.StreamConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The Kafka Streams settings of a pipeline; what the user's {@code kafka} block says comes last and wins. */
public final class StreamsProperties {
    /** Dead letters carry whole records, so that the producer must take as large ones as consumers can meet. */
    private static final int LARGEST_REQUEST_BYTES = 16 * 1024 * 1024;

    private static final List<String> CLIENTS =
            List.of(StreamsConfig.CONSUMER_PREFIX, StreamsConfig.MAIN_CONSUMER_PREFIX, StreamsConfig.PRODUCER_PREFIX);

    /** At least once, each hop waits this long for a fuller batch. */
    private static final long LINGER_MILLIS = 5;

    /** Exactly once, nobody sees a record before its commit: to wait for this part of the interval costs no time. */
    private static final int LINGER_PARTS = 4;

    private StreamsProperties() {}

    /** The settings of one pipeline; public, so that whoever is measured against it runs with the same. */
    public static Properties of(
            PipelineConfig pipeline, StreamConfig stream, Map<String, Object> kafka, String instance, Path stateDir) {
        Properties all = new Properties();
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(pipeline.name()));
        all.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, stream.threads());
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee(stream.guarantee()));
        all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, stream.commitInterval().toMillis());
        // The feature stages keep a cache of their own, and what lies behind a batch must not be cached.
        all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        all.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, stream.standbyReplicas());
        all.put(
                StreamsConfig.POLL_MS_CONFIG,
                Math.max(1, pipeline.batch().linger().toMillis()));
        all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        all.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, ProducerTimestamp.class);
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 2000);
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instance);
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), LARGEST_REQUEST_BYTES);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        all.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 * 1024);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), lingerMillis(stream));
        kafka.keySet().forEach(key -> removeNarrower(all, key));
        all.putAll(kafka);
        return all;
    }

    /** What the user says of all clients, or of all consumers, would lose against what is said here of one kind. */
    private static void removeNarrower(Properties ours, String key) {
        CLIENTS.forEach(client -> ours.remove(client + key));
        if (key.startsWith(StreamsConfig.CONSUMER_PREFIX)) {
            ours.remove(StreamsConfig.MAIN_CONSUMER_PREFIX + key.substring(StreamsConfig.CONSUMER_PREFIX.length()));
        }
    }

    /** Each producer batch costs a compressor's buffers: a fifth of a stream thread's time went into them at 5 ms. */
    private static int lingerMillis(StreamConfig stream) {
        return switch (stream.guarantee()) {
            case EXACTLY_ONCE ->
                (int) Math.max(LINGER_MILLIS, stream.commitInterval().toMillis() / LINGER_PARTS);
            case AT_LEAST_ONCE -> (int) LINGER_MILLIS;
        };
    }

    static String applicationId(String pipeline) {
        return "millrace-" + pipeline;
    }

    private static String guarantee(Guarantee guarantee) {
        return switch (guarantee) {
            case EXACTLY_ONCE -> StreamsConfig.EXACTLY_ONCE_V2;
            case AT_LEAST_ONCE -> StreamsConfig.AT_LEAST_ONCE;
        };
    }
}
