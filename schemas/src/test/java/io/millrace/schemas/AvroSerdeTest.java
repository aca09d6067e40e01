package io.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.schemas.avro.Label;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {
    private final AvroSerde<Label> serde = new AvroSerde<>(Label.class, SchemaStore.ofOwn());

    @Test
    void readsWhatItWrote() {
        byte[] bytes = serde.serializer().serialize("labels", TestRecords.label());

        assertThat(serde.deserializer().deserialize("labels", bytes)).isEqualTo(TestRecords.label());
    }

    @Test
    @SuppressWarnings("NullAway") // Kafka hands tombstones through as null
    void keepsNullBothWays() {
        assertThat(serde.serializer().serialize("labels", null)).isNull();
        assertThat(serde.deserializer().deserialize("labels", (byte[]) null)).isNull();
    }

    @Test
    void refusesBytesOfAnotherKind() {
        assertThatExceptionOfType(UnreadableRecordException.class)
                .isThrownBy(() -> serde.deserializer().deserialize("labels", new byte[] {1, 2, 3}));
    }
}
