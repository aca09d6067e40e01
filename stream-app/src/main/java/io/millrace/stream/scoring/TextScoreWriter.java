package io.millrace.stream.scoring;

import io.millrace.inference.onnx.LoadedModel;
import io.millrace.schemas.avro.Score;
import io.millrace.schemas.codec.Event;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.event.Envelope;
import java.time.Instant;
import java.util.List;

/**
 * Makes the scores of texts.
 *
 * <p>Threading: confined to its task.
 */
final class TextScoreWriter {
    private final ScoreBytes bytes;

    TextScoreWriter(PipelineConfig pipeline) {
        this.bytes = new ScoreBytes(pipeline, List.of());
    }

    /** @param label index of the class that was decided on */
    byte[] score(LoadedModel model, double threshold, int label, PendingRow row, TextAnswer answer, Instant scoredAt) {
        double[] probabilities = answer.probabilities();
        List<String> classes = model.manifest().classes();
        String decided = classes.get(label);
        Envelope envelope = row.envelope();
        Event event = envelope.event();
        return bytes.of(new Score(
                event.id(),
                Instant.ofEpochMilli(event.timeMillis()),
                model.ref().name(),
                model.ref().version(),
                model.modelHash(),
                probabilities[probabilities.length - 1],
                ScoreBytes.list(probabilities),
                decided,
                threshold,
                List.of(),
                null,
                envelope.inputPartition(),
                envelope.inputOffset(),
                row.partition(),
                row.offset(),
                scoredAt,
                decided,
                answer.signedScore(),
                answer.truncated(),
                classes,
                event.subject()));
    }
}
