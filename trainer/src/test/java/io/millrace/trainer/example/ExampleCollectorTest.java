package io.millrace.trainer.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FieldFeature;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.LabelledExample;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleCollectorTest {
    private static final FeatureSet FEATURES = new FeatureSet("one", "UTC", List.of(new FieldFeature("A", "a")));
    private static final Manifest MANIFEST = new ManifestBuilder(
                    "fraud", Task.BINARY_CLASSIFICATION, List.of("LEGITIMATE", "FRAUD"))
            .featureSet(FEATURES)
            .build();
    private static final SingleObject<LabelledExample> CODEC =
            SingleObject.of(LabelledExample.class, SchemaStore.ofOwn());
    private static final Instant DAY_ONE = Instant.parse("2026-01-01T00:00:00Z");

    private final ExampleCollector collector = new ExampleCollector(MANIFEST, Duration.ofDays(30));

    @Test
    void theLastWordOfAnEventCountsAndARetractionTakesItAway() {
        collector.apply(record(0, 0, "corrected", "LEGITIMATE", FEATURES.hash(), DAY_ONE));
        collector.apply(record(0, 1, "retracted", "FRAUD", FEATURES.hash(), DAY_ONE));
        collector.apply(record(0, 2, "corrected", "fraud", FEATURES.hash(), DAY_ONE));
        collector.apply(record(0, 3, "retracted", null, FEATURES.hash(), DAY_ONE));

        assertThat(collector.examples().examples()).singleElement().satisfies(example -> {
            assertThat(example.eventId()).isEqualTo("corrected");
            assertThat(example.label()).isOne();
            assertThat(example.features()).containsExactly(1.5f);
            assertThat(example.segment()).isEqualTo("abroad");
        });
        assertThat(collector.newestReceivedAt()).isEqualTo(DAY_ONE.plusSeconds(3));
    }

    @Test
    void whatIsOfNoUseIsCountedByItsReason() {
        assertThat(collector.apply(record(0, 0, "other", "FRAUD", "another-hash", DAY_ONE)))
                .isFalse();
        collector.apply(record(0, 1, "unknown", "SPAM", FEATURES.hash(), DAY_ONE));
        collector.apply(new ConsumerRecord<>("fraud.examples", 0, 2, new byte[0], new byte[] {7}));

        assertThat(collector.examples().size()).isZero();
        assertThat(collector.skipped())
                .isEqualTo(Map.of("other feature set", 1L, "unknown class", 1L, "unreadable", 1L));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 20_261_124})
    void partitionsMayBeReadInAnyOrderAgainstEachOther(long seed) {
        Random random = new Random(seed);
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        for (int offset = 0; offset < 200; offset++) {
            for (int partition = 0; partition < 3; partition++) {
                String label = random.nextInt(5) == 0 ? null : random.nextBoolean() ? "FRAUD" : "LEGITIMATE";
                String id = "e" + random.nextInt(60);
                Instant time = DAY_ONE.plus(Duration.ofDays(random.nextInt(500)));
                all.add(record(partition, offset, id, label, FEATURES.hash(), time));
            }
        }
        ExampleCollector shuffled = new ExampleCollector(MANIFEST, Duration.ofDays(30));
        all.forEach(collector::apply);
        Collections.shuffle(all, random);
        all.forEach(shuffled::apply);

        assertThat(shuffled.examples().examples().stream().map(ExampleCollectorTest::text))
                .isNotEmpty()
                .containsExactlyElementsOf(collector.examples().examples().stream()
                        .map(ExampleCollectorTest::text)
                        .toList());
    }

    @Test
    void rangesAreReadAsTheyAreWritten() {
        ExampleRanges ranges = new ExampleRanges(List.of(new ExampleRange(1, 3, 4_980), new ExampleRange(0, 0, 5_000)));

        assertThat(ranges).hasToString("0:0-5000 1:3-4980");
        assertThat(ExampleRanges.parse(ranges.toString())).isEqualTo(ranges);
        assertThat(ranges.to(1)).isEqualTo(4_980);
        assertThatThrownBy(() -> ExampleRanges.parse("0:5-2")).hasMessageContaining("no range of offsets");
        assertThatThrownBy(() -> ExampleRanges.parse("all of it")).hasMessageContaining("such as 0:0-5000");
    }

    private static String text(Example example) {
        return example.eventId() + " " + example.eventTimeMillis() + " " + example.label();
    }

    private static ConsumerRecord<byte[], byte[]> record(
            int partition, long offset, String id, @Nullable String label, String featureSet, Instant time) {
        LabelledExample example = new LabelledExample(
                id,
                time,
                List.of(1.5f),
                featureSet,
                null,
                label,
                "test",
                time,
                DAY_ONE.plusSeconds(offset),
                1.0,
                0.5,
                "fraud",
                1,
                "abroad");
        return new ConsumerRecord<>(
                "fraud.examples", partition, offset, id.getBytes(StandardCharsets.UTF_8), CODEC.encode(example));
    }
}
