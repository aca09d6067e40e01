package io.millrace.bench.arena;

import io.millrace.bench.arena.FraudRows.Row;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.feature.FeatureDefinition;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FeatureSets;
import io.millrace.inference.feature.FieldFeature;
import io.millrace.trainer.config.GradientConfig;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gradient.GradientLearner;
import io.millrace.trainer.gradient.NetworkTemplate;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import io.millrace.trainer.learn.LearningTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;

/**
 * Transactions that bring the handbook's 15 features with them, as where a feature service computes them upstream, and a
 * network of 15-64-32-2 that was trained on such: a pipeline without state.
 *
 * <p>Rows are computed once and come again under new ids, since what a row holds does not change what it costs.
 *
 * <p>Threading: immutable. Same seed, same bytes.
 */
public record StatelessFraud(List<Row> rows, Bundle bundle) {
    /** Name of the model. */
    public static final String MODEL = "stateless-fraud";

    private static final List<Integer> HIDDEN = List.of(64, 32);
    private static final List<String> CLASSES = List.of("LEGITIMATE", "FRAUD");
    /** Windows reach back 37 days. */
    private static final int FROM_DAY = 37;

    private static final int CUSTOMERS = 500;
    private static final int TERMINALS = 1_000;
    private static final int ROWS = 20_000;
    private static final GradientConfig LEARNING = GradientConfig.of(5e-3, 0.01, null, 4, 256, null, 4, null, null);
    private static final FeatureSet FEATURES = features();

    /** How the records are written. */
    public static final Schema SCHEMA = schema();

    private static final long FIRST_MILLIS = 1_525_000_000_000L;

    /** Simulates, computes the features and trains the network. */
    public static StatelessFraud prepare(long seed) throws LearningException {
        List<Row> rows = FraudRows.of(
                        FraudLoad.of(CUSTOMERS, TERMINALS, seed),
                        FeatureSets.named(FeatureSets.HANDBOOK),
                        FROM_DAY,
                        ROWS)
                .rows();
        return new StatelessFraud(rows, trained(rows, seed));
    }

    private static FeatureSet features() {
        List<FeatureDefinition> fields = new ArrayList<>();
        for (FeatureDefinition feature : FeatureSets.named(FeatureSets.HANDBOOK).features()) {
            fields.add(new FieldFeature(feature.name(), fieldOf(feature.name())));
        }
        return new FeatureSet("handbook-15-upstream", FeatureSet.DEFAULT_ZONE, fields);
    }

    private static String fieldOf(String feature) {
        return feature.toLowerCase(Locale.ROOT);
    }

    private static Schema schema() {
        SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record("PreparedTransaction")
                .namespace("io.millrace.bench")
                .fields()
                .requiredString(ArenaInput.ID)
                .name(ArenaInput.TIME)
                .type(LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)))
                .noDefault();
        for (FeatureDefinition feature : FEATURES.features()) {
            fields = fields.requiredDouble(fieldOf(feature.name()));
        }
        return fields.endRecord();
    }

    private static Bundle trained(List<Row> rows, long seed) throws LearningException {
        List<Example> examples = new ArrayList<>();
        for (Row row : rows) {
            examples.add(example(EventIds.of(examples.size()), row));
        }
        int cut = examples.size() * 9 / 10;
        LearningTask task = new LearningTask(
                new ExampleSet(examples.subList(0, cut)),
                new ExampleSet(examples.subList(cut, examples.size())),
                new ExampleSet(List.of()),
                seed);
        Bundle untrained = new NetworkTemplate(HIDDEN, seed)
                .bundle(MODEL, FEATURES, CLASSES, task.training().rows(FEATURES.size()));
        Map<String, byte[]> blobs = new GradientLearner(LEARNING, null)
                .learn(untrained, task, LearningProgress.SILENT)
                .blobs();
        return Bundle.of(
                ManifestBuilder.like(untrained.manifest()).blobs(Map.of()).build(), blobs);
    }

    @SuppressWarnings("NullAway") // it does not see in class files that texts and segments may be null
    private static Example example(String id, Row row) {
        float[] features = new float[row.features().length];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) row.features()[i];
        }
        return new Example(id, row.timeMillis(), row.timeMillis(), features, null, row.fraud() ? 1 : 0, 1, 0, 1, null);
    }

    /** Makes a topic and fills it. */
    public void fill(Map<String, Object> kafka, String topic, int partitions, long count, LongConsumer progress)
            throws InterruptedException {
        TopicFiller.create(kafka, topic, partitions);
        TopicFiller.fill(kafka, topic, records(), count, progress);
    }

    /** Records without end, a millisecond apart. */
    public Iterator<KeyedRecord> records() {
        BinaryMessageEncoder<GenericData.Record> encoder = new BinaryMessageEncoder<>(GenericData.get(), SCHEMA);
        return new Iterator<>() {
            private long number;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public KeyedRecord next() {
                Row row = rows.get((int) (number % rows.size()));
                byte[] value = bytes(encoder, number, row);
                number++;
                return new KeyedRecord(row.customer().getBytes(StandardCharsets.UTF_8), value);
            }
        };
    }

    private static byte[] bytes(BinaryMessageEncoder<GenericData.Record> encoder, long number, Row row) {
        GenericData.Record record = new GenericData.Record(SCHEMA);
        record.put(0, EventIds.of(number));
        record.put(1, FIRST_MILLIS + number);
        for (int i = 0; i < row.features().length; i++) {
            record.put(i + 2, row.features()[i]);
        }
        try {
            ByteBuffer encoded = encoder.encode(record);
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("a record cannot be written to memory", e);
        }
    }
}
