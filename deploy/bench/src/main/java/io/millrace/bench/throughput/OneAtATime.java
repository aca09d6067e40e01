package io.millrace.bench.throughput;

import io.millrace.bench.arena.ArenaInput;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.state.StatelessFeatures;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ScoreBatch;
import io.millrace.inference.onnx.TextBatch;
import io.millrace.inference.text.TextDecision;
import io.millrace.inference.text.Tokens;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Score;
import io.millrace.schemas.codec.Event;
import io.millrace.schemas.codec.EventCodec;
import io.millrace.schemas.codec.MalformedEventException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a record, runs the model on it alone, and writes the score that Millrace would write.
 *
 * <p>Threading: confined to its task. Lifecycle: the model is the caller's.
 */
final class OneAtATime implements FixedKeyProcessor<byte[], byte[], byte[]> {
    private final LoadedModel model;
    private final double threshold;
    private final InstantSource clock;
    private final EventCodec codec;
    private final SingleObject<Score> scores = SingleObject.of(Score.class, SchemaStore.ofOwn());
    private final @Nullable StatelessFeatures features;
    private final @Nullable ScoreBatch row;
    private final @Nullable TextBatch text;
    private @Nullable FixedKeyProcessorContext<byte[], byte[]> context;

    /** @param threshold scores at or above it are decided positive */
    OneAtATime(LoadedModel model, double threshold, ArenaInput input, InstantSource clock) {
        this.model = model;
        this.threshold = threshold;
        this.clock = clock;
        this.codec = input.codec();
        FeatureSet set = model.manifest().featureSet();
        if (set != null && !set.entities().isEmpty()) {
            throw new IllegalArgumentException("features of " + set.entities()
                    + " need state, which one record at a time does not have: use a model without entities");
        }
        this.features = set == null ? null : new StatelessFeatures(set);
        this.row = set == null ? null : model.newBatch(1);
        this.text = set == null ? model.newTextBatch() : null;
    }

    @Override
    public void init(FixedKeyProcessorContext<byte[], byte[]> initialised) {
        context = initialised;
    }

    @Override
    public void process(FixedKeyRecord<byte[], byte[]> record) {
        FixedKeyProcessorContext<byte[], byte[]> out = context;
        if (out == null) {
            throw new IllegalStateException("process before init");
        }
        RecordMetadata at = out.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record without a partition and offset"));
        Event event;
        try {
            event = codec.decode(record.value());
        } catch (MalformedEventException e) {
            throw new StreamsException(e);
        }
        Score score = row != null && features != null ? ofRow(event, at, row, features) : ofText(event, at);
        out.forward(record.withValue(scores.encode(score)));
    }

    private Score ofRow(Event event, RecordMetadata at, ScoreBatch batch, StatelessFeatures slots) {
        double[] values = new double[model.width()];
        slots.fill(event.timeMillis(), event.numbers(), values);
        batch.clear();
        batch.add(values);
        model.score(batch);
        List<String> classes = model.manifest().classes();
        List<Double> probabilities = new ArrayList<>(classes.size());
        for (int c = 0; c < classes.size(); c++) {
            probabilities.add(batch.probability(0, c));
        }
        double probability = probabilities.get(classes.size() - 1);
        String decision = classes.get(probability >= threshold ? classes.size() - 1 : 0);
        return score(event, at, probabilities, decision, null, null, false, List.of());
    }

    private Score ofText(Event event, RecordMetadata at) {
        TextBatch batch = text;
        String words = event.text();
        if (batch == null || words == null) {
            throw new IllegalStateException("an event of texts has one");
        }
        Tokens tokens = model.encode(words);
        batch.clear();
        batch.add(tokens);
        model.score(batch);
        List<String> classes = model.manifest().classes();
        double[] values = new double[classes.size()];
        List<Double> probabilities = new ArrayList<>(values.length);
        for (int c = 0; c < values.length; c++) {
            values[c] = batch.probability(0, c);
            probabilities.add(values[c]);
        }
        String decision = classes.get(TextDecision.label(values, threshold));
        return score(
                event,
                at,
                probabilities,
                decision,
                decision,
                TextDecision.signedScore(values),
                tokens.truncated(),
                classes);
    }

    private Score score(
            Event event,
            RecordMetadata at,
            List<Double> probabilities,
            String decision,
            @Nullable String label,
            @Nullable Double signedScore,
            boolean truncated,
            List<String> classes) {
        return new Score(
                event.id(),
                Instant.ofEpochMilli(event.timeMillis()),
                model.ref().name(),
                model.ref().version(),
                model.modelHash(),
                probabilities.get(probabilities.size() - 1),
                probabilities,
                decision,
                threshold,
                List.of(),
                null,
                at.partition(),
                at.offset(),
                at.partition(),
                at.offset(),
                clock.instant(),
                label,
                signedScore,
                truncated,
                classes,
                null);
    }
}
