package io.millrace.stream.scoring;

import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ScoreBatch;
import io.millrace.schemas.avro.Score;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.event.Envelope;
import java.time.Instant;
import java.util.List;

/**
 * Makes the scores of rows of features.
 *
 * <p>Threading: confined to its task.
 */
final class ScoreWriter {
    private final boolean emitFeatures;
    private final ScoreBytes bytes;

    ScoreWriter(PipelineConfig pipeline, List<String> features) {
        this.emitFeatures = pipeline.emitFeatures();
        this.bytes = new ScoreBytes(pipeline, features);
    }

    byte[] score(LoadedModel model, double threshold, PendingRow row, ScoreBatch batch, int index, Instant scoredAt) {
        List<String> classes = model.manifest().classes();
        int positive = classes.size() - 1;
        double probability = batch.probability(index, positive);
        Envelope envelope = row.envelope();
        return bytes.of(new Score(
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
                emitFeatures ? ScoreBytes.list(envelope.features()) : null,
                envelope.inputPartition(),
                envelope.inputOffset(),
                row.partition(),
                row.offset(),
                scoredAt,
                null,
                null,
                false,
                List.of(),
                null));
    }

    private static List<Double> probabilities(ScoreBatch batch, int row, int classes) {
        double[] values = new double[classes];
        for (int c = 0; c < classes; c++) {
            values[c] = batch.probability(row, c);
        }
        return ScoreBytes.list(values);
    }
}
