package io.millrace.stream.feedback;

import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.LabelledExample;
import io.millrace.stream.event.ScoredEvent;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the bytes of labelled examples: the event as it was scored, with what is now said of it.
 *
 * <p>Threading: confined to its task.
 */
final class ExampleWriter {
    private final SingleObject<LabelledExample> codec = SingleObject.of(LabelledExample.class, SchemaStore.ofOwn());
    private final String model;
    private final @Nullable String featureSetHash;
    private final List<String> classes;

    /** @param featureSetHash null for a model of texts */
    ExampleWriter(String model, @Nullable String featureSetHash, List<String> classes) {
        this.model = model;
        this.featureSetHash = featureSetHash;
        this.classes = classes;
    }

    /** The example of an event; without a label when that was taken back. */
    byte[] write(ScoredEvent event, Said said, long receivedAtMillis) {
        return codec.encode(new LabelledExample(
                event.eventId(),
                Instant.ofEpochMilli(event.timeMillis()),
                event.text() == null ? new FloatList(event.features()) : null,
                event.text() == null ? featureSetHash : null,
                event.text(),
                said.retracted() ? null : classes.get(said.classIndex()),
                said.source(),
                Instant.ofEpochMilli(said.labelledAtMillis()),
                Instant.ofEpochMilli(receivedAtMillis),
                said.weight(),
                (double) event.score(),
                model,
                event.version(),
                event.segment()));
    }

    /** A view of an array, since Avro asks for a list. */
    private static final class FloatList extends AbstractList<Float> {
        private final float[] values;

        FloatList(float[] values) {
            this.values = values;
        }

        @Override
        public Float get(int index) {
            return values[index];
        }

        @Override
        public int size() {
            return values.length;
        }
    }
}
