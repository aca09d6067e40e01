package io.millrace.bench.arena;

import io.millrace.schemas.SingleObjectHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The events of which a topic holds committed scores, and at which offsets: whether each came once.
 *
 * <p>Threading: confined to one thread. Lifecycle: the consumer ends with {@link #close}.
 */
final class CommittedIds implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int FIRST_ROOM = 1024;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final long[][] offsets;
    private final int[] counts;
    private final BitSet seen = new BitSet();
    private @Nullable BinaryDecoder decoder;
    private Utf8 id = new Utf8();
    private long records;

    /** @param count of the topic's partitions: a broker that has just made them does not yet tell of all */
    CommittedIds(Map<String, Object> kafka, String topic, int count) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        partitions = IntStream.range(0, count)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        offsets = new long[partitions.size()][FIRST_ROOM];
        counts = new int[partitions.size()];
    }

    /** Where the committed part ends now. */
    EndsSeen look() {
        Map<TopicPartition, Long> found = consumer.endOffsets(partitions);
        long nowNanos = System.nanoTime();
        return new EndsSeen(nowNanos, partitions.stream().mapToLong(found::get).toArray());
    }

    /** Reads on, waiting a little; all records so far. */
    long poll() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            note(record.partition(), record.offset());
            seen.set(Math.toIntExact(number(record.value())));
            records++;
        }
        return records;
    }

    /** Reads to where the committed part ends now. */
    void readToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        ends.forEach((partition, end) -> {
            while (consumer.position(partition) < end) {
                poll();
            }
        });
    }

    long records() {
        return records;
    }

    /** Events that have a score. */
    long distinct() {
        return seen.cardinality();
    }

    /** Of so many events, numbered from 0, how many have none. */
    long missing(long expected) {
        return expected - seen.get(0, Math.toIntExact(expected)).cardinality();
    }

    /** Records of a partition that lie below an offset. */
    long recordsBelow(int partition, long offset) {
        int at = Arrays.binarySearch(offsets[partition], 0, counts[partition], offset);
        return at >= 0 ? at : -at - 1;
    }

    private void note(int partition, long offset) {
        if (counts[partition] == offsets[partition].length) {
            offsets[partition] = Arrays.copyOf(offsets[partition], 2 * counts[partition]);
        }
        offsets[partition][counts[partition]++] = offset;
    }

    /** A score begins with the id of its event. */
    private long number(byte[] score) {
        BinaryDecoder in = DecoderFactory.get()
                .binaryDecoder(score, SingleObjectHeader.LENGTH, score.length - SingleObjectHeader.LENGTH, decoder);
        decoder = in;
        try {
            id = in.readString(id);
        } catch (IOException e) {
            throw new UncheckedIOException("a score of " + score.length + " bytes cannot be read", e);
        }
        return EventIds.number(id.getBytes(), 0, id.getByteLength());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
