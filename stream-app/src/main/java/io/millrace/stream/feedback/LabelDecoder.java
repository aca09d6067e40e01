package io.millrace.stream.feedback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.UnreadableRecordException;
import io.millrace.schemas.avro.Label;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * Reads labels: our own Avro in single-object encoding, or a JSON object with the same fields, told apart by the first
 * byte.
 *
 * <p>Threading: confined to its task.
 */
final class LabelDecoder {
    private static final int AVRO_MAGIC = 0xC3;

    private final SingleObject<Label> avro = SingleObject.of(Label.class, SchemaStore.ofOwn());
    private final ObjectMapper json = new ObjectMapper();

    /** The bytes are no label; the message says why. */
    static final class MalformedLabelException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedLabelException(String message) {
            super(message);
        }
    }

    Label decode(byte[] value) throws MalformedLabelException {
        Label label = read(value);
        double weight = label.getWeight();
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new MalformedLabelException("weight must be a number of 0 or more, was " + weight);
        }
        return label;
    }

    private Label read(byte[] value) throws MalformedLabelException {
        if (value.length > 0 && (value[0] & 0xFF) == AVRO_MAGIC) {
            try {
                return avro.decode(value);
            } catch (UnreadableRecordException e) {
                throw new MalformedLabelException(String.valueOf(e.getMessage()));
            }
        }
        JsonNode node;
        try {
            node = json.readTree(value);
        } catch (JsonProcessingException e) {
            throw new MalformedLabelException("neither Avro nor JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new MalformedLabelException("neither Avro nor JSON: " + e.getMessage());
        }
        if (node == null || !node.isObject()) {
            throw new MalformedLabelException("not a JSON object with event_id, label and labelled_at");
        }
        Instant labelledAt = time(node, "labelled_at");
        if (labelledAt == null) {
            throw new MalformedLabelException("labelled_at is missing: say when the label became known");
        }
        boolean retracted = node.path("retracted").asBoolean(false);
        return Label.newBuilder()
                .setEventId(text(node, "event_id", null))
                .setLabel(text(node, "label", retracted ? "" : null))
                .setLabelledAt(labelledAt)
                .setEventTime(time(node, "event_time"))
                .setSource(text(node, "source", "unknown"))
                .setWeight(node.path("weight").asDouble(1.0))
                .setRetracted(retracted)
                .build();
    }

    private static String text(JsonNode node, String field, @Nullable String absent) throws MalformedLabelException {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            if (absent == null) {
                throw new MalformedLabelException(field + " is missing");
            }
            return absent;
        }
        if (!value.isTextual() && !value.isIntegralNumber()) {
            throw new MalformedLabelException(field + " is neither a string nor an integer");
        }
        return value.asText();
    }

    private static @Nullable Instant time(JsonNode node, String field) throws MalformedLabelException {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (value.isIntegralNumber()) {
            return Instant.ofEpochMilli(value.asLong());
        }
        try {
            return Instant.parse(value.asText());
        } catch (DateTimeParseException e) {
            throw new MalformedLabelException(
                    field + " is neither epoch milliseconds nor an ISO-8601 instant: " + value);
        }
    }
}
