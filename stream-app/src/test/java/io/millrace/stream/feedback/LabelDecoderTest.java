package io.millrace.stream.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Label;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelDecoderTest {
    private final LabelDecoder decoder = new LabelDecoder();

    @Test
    void readsOurOwnAvro() throws Exception {
        Label label = Label.newBuilder()
                .setEventId("1")
                .setLabel("FRAUD")
                .setLabelledAt(Instant.ofEpochMilli(5))
                .build();

        assertThat(decoder.decode(
                        SingleObject.of(Label.class, SchemaStore.ofOwn()).encode(label)))
                .isEqualTo(label);
    }

    @Test
    void readsJsonWithItsDefaults() throws Exception {
        Label label = decode("{\"event_id\":17,\"label\":\"fraud\",\"labelled_at\":\"2018-08-08T00:01:14Z\"}");

        assertThat(label.getEventId()).isEqualTo("17");
        assertThat(label.getLabelledAt()).isEqualTo(Instant.parse("2018-08-08T00:01:14Z"));
        assertThat(label.getEventTime()).isNull();
        assertThat(label.getWeight()).isEqualTo(1.0);
        assertThat(label.getRetracted()).isFalse();
    }

    @Test
    void aRetractionNeedsNoLabel() throws Exception {
        assertThat(decode("{\"event_id\":\"1\",\"labelled_at\":1,\"retracted\":true}")
                        .getRetracted())
                .isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|not a JSON object",
                "xyz|neither Avro nor JSON",
                "{\"label\":\"FRAUD\",\"labelled_at\":1}|event_id is missing",
                "{\"event_id\":\"1\",\"labelled_at\":1}|label is missing",
                "{\"event_id\":\"1\",\"label\":\"FRAUD\"}|labelled_at is missing",
                "{\"event_id\":\"1\",\"label\":\"FRAUD\",\"labelled_at\":\"soon\"}|labelled_at is neither",
                "{\"event_id\":{},\"label\":\"FRAUD\",\"labelled_at\":1}|event_id is neither"
            })
    void saysWhatIsWrongWithALabel(String json, String reason) {
        assertThatThrownBy(() -> decode(json)).hasMessageContaining(reason);
    }

    @Test
    void saysThatAvroOfAnotherSchemaIsNoLabel() {
        assertThatThrownBy(() -> decoder.decode(new byte[] {(byte) 0xC3, 1, 0, 0, 0, 0, 0, 0, 0, 0}))
                .isInstanceOf(LabelDecoder.MalformedLabelException.class);
    }

    private Label decode(String json) throws LabelDecoder.MalformedLabelException {
        return decoder.decode(json.getBytes(StandardCharsets.UTF_8));
    }
}
