package io.millrace.stream.scoring;

import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.text.TextDecision;
import io.millrace.schemas.avro.Score;
import io.millrace.schemas.codec.Event;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.event.Envelope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the scores of texts.
 *
 * <p>Threading: confined to its task.
 */
final class TextScoreWriter {
    private final @Nullable Double configuredThreshold;
    private final ScoreBytes bytes;

    TextScoreWriter(PipelineConfig pipeline) {
        this.configuredThreshold = pipeline.decision().threshold();
        this.bytes = new ScoreBytes(pipeline, List.of());
    }

    /** The threshold that a version is used with: the pipeline's own, or else the version's. */
    double threshold(Manifest manifest) {
        return configuredThreshold == null ? manifest.threshold() : configuredThreshold;
    }

    byte[] score(LoadedModel model, double threshold, PendingRow row, TextAnswer answer, Instant scoredAt) {
        double[] probabilities = answer.probabilities();
        List<String> classes = model.manifest().classes();
        String label = classes.get(TextDecision.label(probabilities, threshold));
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
                label,
                threshold,
                List.of(),
                null,
                envelope.inputPartition(),
                envelope.inputOffset(),
                row.partition(),
                row.offset(),
                scoredAt,
                label,
                TextDecision.signedScore(probabilities),
                answer.truncated(),
                classes,
                event.subject()));
    }
}
