package io.millrace.stream.scoring;

import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ScoreBatch;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Activation;
import io.millrace.schemas.avro.Score;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.event.Envelope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes scores in the pipeline's format, and activations as Avro.
 *
 * <p>Threading: confined to its task.
 */
final class ScoreWriter {
    private final SingleObject<Score> scores = SingleObject.of(Score.class, SchemaStore.ofOwn());
    private final SingleObject<Activation> activations = SingleObject.of(Activation.class, SchemaStore.ofOwn());
    private final String pipeline;
    private final String instance;
    private final @Nullable Double configuredThreshold;
    private final boolean emitFeatures;
    private final @Nullable ScoreJson json;

    ScoreWriter(PipelineConfig pipeline, String instance, List<String> features) {
        this.pipeline = pipeline.name();
        this.instance = instance;
        this.configuredThreshold = pipeline.decision().threshold();
        this.emitFeatures = pipeline.emitFeatures();
        this.json = switch (pipeline.scoreFormat()) {
            case AVRO -> null;
            case JSON -> new ScoreJson(features);
        };
    }

    /** The threshold that a version is used with: the pipeline's own, or else the version's. */
    double threshold(Manifest manifest) {
        return configuredThreshold == null ? manifest.threshold() : configuredThreshold;
    }

    byte[] score(LoadedModel model, double threshold, PendingRow row, ScoreBatch batch, int index, Instant scoredAt) {
        List<String> classes = model.manifest().classes();
        int positive = classes.size() - 1;
        double probability = batch.probability(index, positive);
        Envelope envelope = row.envelope();
        Score score = new Score(
                envelope.event().id(),
                Instant.ofEpochMilli(envelope.event().timeMillis()),
                model.ref().name(),
                model.ref().version(),
                model.modelHash(),
                probability,
                probabilities(batch, index, classes.size()),
                classes.get(probability >= threshold ? positive : 0),
                threshold,
                List.of(),
                emitFeatures ? new DoubleList(envelope.features()) : null,
                envelope.inputPartition(),
                envelope.inputOffset(),
                row.partition(),
                row.offset(),
                scoredAt);
        return json == null ? scores.encode(score) : json.line(score).getBytes(StandardCharsets.UTF_8);
    }

    byte[] activation(LoadedModel model, PendingRow first, Instant at) {
        var features = model.manifest().featureSet();
        return activations.encode(new Activation(
                pipeline,
                first.partition(),
                first.offset(),
                model.ref().name(),
                model.ref().version(),
                model.modelHash(),
                features == null ? "" : features.hash(),
                instance,
                at));
    }

    private static List<Double> probabilities(ScoreBatch batch, int row, int classes) {
        double[] values = new double[classes];
        for (int c = 0; c < classes; c++) {
            values[c] = batch.probability(row, c);
        }
        return new DoubleList(values);
    }

    /** A view of an array, since Avro asks for a list. */
    private static final class DoubleList extends AbstractList<Double> {
        private final double[] values;

        DoubleList(double[] values) {
            this.values = values;
        }

        @Override
        public Double get(int index) {
            return values[index];
        }

        @Override
        public int size() {
            return values.length;
        }
    }
}
