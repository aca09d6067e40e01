package io.millrace.cli.bench;

import io.millrace.cli.bench.LateLabelPlan.Outcome.State;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.LabelledExample;
import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What the topics say in the end.
 *
 * @param states of the events, each by its last example
 * @param examples records of the example topic
 * @param orphans records of the orphan topic
 */
record LateLabelOutcomes(List<State> states, long examples, long orphans) {
    private static final Duration POLL = Duration.ofMillis(200);

    /** Reads what was committed; nobody writes any more. */
    static LateLabelOutcomes read(Map<String, Object> kafka, int events) {
        State[] states = new State[events];
        Arrays.fill(states, State.NO_EXAMPLE);
        SingleObject<LabelledExample> codec = SingleObject.of(LabelledExample.class, SchemaStore.ofOwn());
        long examples = readAll(kafka, TopicCatalogue.examples(LateLabelPipeline.NAME), record -> {
            int event = Integer.parseInt(new String(record.key(), StandardCharsets.UTF_8));
            states[event] = state(codec.decode(record.value()));
        });
        long orphans = readAll(kafka, TopicCatalogue.orphans(LateLabelPipeline.NAME), record -> {});
        return new LateLabelOutcomes(List.of(states), examples, orphans);
    }

    private static State state(LabelledExample example) {
        String label = example.getLabel();
        if (label == null) {
            return State.RETRACTED;
        }
        return label.equals(LateLabelPipeline.CLASSES.get(1)) ? State.POSITIVE : State.NEGATIVE;
    }

    private static long readAll(
            Map<String, Object> kafka, String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        long count = 0;
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                var records = consumer.poll(POLL);
                records.forEach(each);
                count += records.count();
            }
        }
        return count;
    }
}
