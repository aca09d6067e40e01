package io.millrace.stream.scoring;

import io.millrace.stream.event.Envelope;
import io.millrace.stream.event.Flow;
import io.millrace.stream.feature.DeadLetterReason;
import io.millrace.stream.feature.DeadLetters;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The dead letters of rows that a model gives no probability for. Their bytes are gone by then, so that the value is
 * built anew from the event.
 *
 * <p>Threading: as safe as the dead letters.
 */
record UnscorableRows(DeadLetters deadLetters, String inputTopic) {

    Record<byte[], Flow> letter(PendingRow row, String message) {
        Envelope envelope = row.envelope();
        Record<byte[], Flow> letter = deadLetters.letter(
                row.record(),
                envelope.originalKey(),
                envelope.event().toString().getBytes(StandardCharsets.UTF_8),
                new DeadLetters.Origin(inputTopic, envelope.inputPartition(), envelope.inputOffset()),
                DeadLetterReason.NOT_SCORABLE.name(),
                message);
        letter.headers().add(DeadLetters.RECONSTRUCTED, "true".getBytes(StandardCharsets.UTF_8));
        return letter;
    }
}
