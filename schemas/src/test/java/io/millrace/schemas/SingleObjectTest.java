package io.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.schemas.avro.BlobRef;
import io.millrace.schemas.avro.Label;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.avro.Score;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SingleObjectTest {
    private static final SchemaStore STORE = SchemaStore.ofOwn();
    private static final SingleObject<Score> SCORES = SingleObject.of(Score.class, STORE);
    private static final SingleObject<Label> LABELS = SingleObject.of(Label.class, STORE);

    @Test
    void readsWhatItWrote() {
        assertThat(SCORES.decode(SCORES.encode(TestRecords.score()))).isEqualTo(TestRecords.score());
        assertThat(LABELS.decode(LABELS.encode(TestRecords.label()))).isEqualTo(TestRecords.label());
    }

    @Test
    void writesTheBytesThatAvroItselfWrites() throws IOException {
        byte[] expected =
                new byte[Score.getEncoder().encode(TestRecords.score()).remaining()];
        Score.getEncoder().encode(TestRecords.score()).get(expected);

        assertThat(SCORES.encode(TestRecords.score())).isEqualTo(expected);
    }

    @Test
    void writesAnyScoreAsAvroItselfDoes() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 500; i++) {
            Score score = anyScore(random);
            byte[] expected = new byte[Score.getEncoder().encode(score).remaining()];
            Score.getEncoder().encode(score).get(expected);

            assertThat(SCORES.encode(score)).isEqualTo(expected);
        }
    }

    private static Score anyScore(SplittableRandom random) {
        return new Score(
                anyText(random),
                Instant.ofEpochMilli(random.nextLong(1L << 42)),
                anyText(random),
                random.nextInt(),
                anyText(random),
                random.nextDouble(),
                anyNumbers(random),
                anyText(random),
                random.nextDouble(),
                anyTexts(random),
                random.nextBoolean() ? anyNumbers(random) : null,
                random.nextInt(),
                random.nextLong(),
                random.nextInt(),
                random.nextLong(),
                Instant.ofEpochMilli(random.nextLong(1L << 42)),
                random.nextBoolean() ? anyText(random) : null,
                random.nextBoolean() ? random.nextDouble() : null,
                random.nextBoolean(),
                anyTexts(random),
                random.nextBoolean() ? anyText(random) : null);
    }

    private static List<Double> anyNumbers(SplittableRandom random) {
        return random.doubles(random.nextInt(4)).boxed().toList();
    }

    private static List<String> anyTexts(SplittableRandom random) {
        return IntStream.range(0, random.nextInt(3))
                .mapToObj(i -> anyText(random))
                .toList();
    }

    private static String anyText(SplittableRandom random) {
        return List.of("", "fraud", "é€𝄞", "x".repeat(3000)).get(random.nextInt(4));
    }

    @Test
    void beginsWithMagicAndFingerprint() {
        byte[] bytes = SCORES.encode(TestRecords.score());

        assertThat(Arrays.copyOf(bytes, 2)).containsExactly(0xC3, 0x01);
        assertThat(SingleObjectHeader.isPresent(bytes)).isTrue();
        assertThat(SingleObjectHeader.fingerprint(bytes))
                .isEqualTo(SchemaNormalization.parsingFingerprint64(Score.getClassSchema()));
    }

    @Test
    void readsAnOlderWriterThatLackedAField() {
        Schema older = TestRecords.schema("""
                {"type": "record", "name": "Label", "namespace": "io.millrace.schemas.avro", "fields": [
                  {"name": "event_id", "type": "string"},
                  {"name": "label", "type": "string"},
                  {"name": "labelled_at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
                """);
        byte[] bytes = TestRecords.foreign(older, "tx-1", "FRAUD", TestRecords.TIME.toEpochMilli());

        Label label = SingleObject.of(Label.class, STORE.with(older)).decode(bytes);

        assertThat(label).isEqualTo(TestRecords.label());
    }

    @Test
    void readsAnotherWriterThatHadAFieldMore() {
        Schema richer = TestRecords.schema("""
                {"type": "record", "name": "Label", "namespace": "io.millrace.schemas.avro", "fields": [
                  {"name": "ticket", "type": ["null", "string"]},
                  {"name": "event_id", "type": "string"},
                  {"name": "label", "type": "string"},
                  {"name": "labelled_at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                  {"name": "weight", "type": "float"}]}
                """);
        byte[] bytes = TestRecords.foreign(richer, "T-77", "tx-1", "FRAUD", TestRecords.TIME.toEpochMilli(), 0.5f);

        Label label = SingleObject.of(Label.class, STORE.with(richer)).decode(bytes);

        assertThat(label.getEventId()).isEqualTo("tx-1");
        assertThat(label.getWeight()).isEqualTo(0.5);
    }

    @Test
    void readsARenamedFieldOfAnEarlierReleaseByItsAlias() {
        SchemaStore history = SchemaStore.of("/schemas/test-history/", List.of());
        byte[] bytes = TestRecords.foreign(TestRecords.VERDICT, "tx-1", "FRAUD");

        RenamedLabel label = SingleObject.of(RenamedLabel.class, history).decode(bytes);

        assertThat(label.eventId()).isEqualTo("tx-1");
        assertThat(label.label()).isEqualTo("FRAUD");
    }

    @Test
    void copiesOurRecordsWithTheRecordsInside() {
        ModelVersion version = ModelVersion.newBuilder()
                .setName("fraud")
                .setVersion(1)
                .setManifest("name: fraud")
                .setManifestHash("00")
                .setBlobs(List.of(new BlobRef("model.onnx", "00", 10L, 1, 0L, null, null)))
                .setPublishedAt(TestRecords.TIME)
                .setPublishedBy("test")
                .build();
        SingleObject<ModelVersion> versions = SingleObject.of(ModelVersion.class, STORE);

        ModelVersion read = versions.decode(versions.encode(version));

        assertThat(ModelVersion.newBuilder(read).build()).isEqualTo(version);
    }

    @Test
    void namesASchemaThatItDoesNotKnow() {
        Schema stranger = TestRecords.schema(
                "{\"type\": \"record\", \"name\": \"Stranger\", \"fields\": [{\"name\": \"a\", \"type\": \"int\"}]}");
        String fingerprint = SingleObjectHeader.text(SchemaNormalization.parsingFingerprint64(stranger));

        assertThatExceptionOfType(UnreadableRecordException.class)
                .isThrownBy(() -> LABELS.decode(TestRecords.foreign(stranger, 7)))
                .withMessageContaining(fingerprint)
                .withMessageContaining("Label");
    }

    @Test
    void refusesARecordOfAnotherTypeThatItKnows() {
        assertThatExceptionOfType(UnreadableRecordException.class)
                .isThrownBy(() -> LABELS.decode(SCORES.encode(TestRecords.score())))
                .withMessageContaining("Label");
    }

    @Test
    void refusesBytesWithoutAHeader() {
        assertThatExceptionOfType(UnreadableRecordException.class)
                .isThrownBy(() -> SCORES.decode("{\"event_id\": 1}".getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("C3 01");
        assertThatExceptionOfType(UnreadableRecordException.class)
                .isThrownBy(() -> SCORES.decode(new byte[0]))
                .withMessageContaining("0 bytes");
        assertThatExceptionOfType(UnreadableRecordException.class)
                .isThrownBy(() -> SCORES.decode(new byte[20]))
                .withMessageContaining("registry");
    }

    @Test
    void refusesARecordCutOffAnywhere() {
        byte[] bytes = SCORES.encode(TestRecords.score());

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatExceptionOfType(UnreadableRecordException.class).isThrownBy(() -> SCORES.decode(cut));
        }
    }

    @Test
    void refusesBytesAfterTheEnd() {
        byte[] bytes = SCORES.encode(TestRecords.score());

        assertThatExceptionOfType(UnreadableRecordException.class)
                .isThrownBy(() -> SCORES.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .withMessageContaining("left over");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 42, 20_261_124})
    void answersDamagedBytesWithARecordOrARefusalAndNothingElse(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] good = SCORES.encode(TestRecords.score());

        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = good.clone();
            for (int hits = 1 + random.nextInt(8); hits > 0; hits--) {
                damaged[SingleObjectHeader.LENGTH + random.nextInt(good.length - SingleObjectHeader.LENGTH)] =
                        (byte) random.nextInt();
            }
            try {
                assertThat(SCORES.decode(damaged)).isNotNull();
            } catch (UnreadableRecordException e) {
                assertThat(e).hasMessageContaining("Score");
            }
        }
    }

    @Test
    void writesAWholeRecordAfterOneThatCouldNotBeWritten() {
        Label broken = TestRecords.label();
        broken.put("label", null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LABELS.encode(broken))
                .withMessageContaining("Label");
        assertThat(LABELS.decode(LABELS.encode(TestRecords.label()))).isEqualTo(TestRecords.label());
    }

    @Test
    void writesRecordsOfAnySize() {
        for (int length : new int[] {0, 500, 5_000, 3_000_000, 10}) {
            Label label = Label.newBuilder(TestRecords.label())
                    .setSource("x".repeat(length))
                    .build();

            assertThat(LABELS.decode(LABELS.encode(label))).isEqualTo(label);
        }
    }

    @Test
    void servesManyThreadsAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Stream<Callable<Boolean>> tasks = IntStream.range(0, 8).mapToObj(task -> () -> readsBackWhatItWrites(task));

            for (Future<Boolean> result : threads.invokeAll(tasks.toList())) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean readsBackWhatItWrites(int task) {
        for (int i = 0; i < 2_000; i++) {
            Score score = Score.newBuilder(TestRecords.score())
                    .setEventId(task + "-" + i)
                    .setProbabilities(List.of(i / 2_000.0))
                    .build();
            if (!SCORES.decode(SCORES.encode(score)).equals(score)) {
                return false;
            }
        }
        return true;
    }
}
