package io.millrace.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The pipeline that the codecs' tests decode for. */
final class Codecs {
    static final EventShape CARD_SHAPE =
            new EventShape(List.of("customer_id", "terminal_id"), List.of("amount"), false);
    static final FieldMapping PLAIN = new FieldMapping("transaction_id", "event_time", null, null, Map.of());
    static final FieldMapping NESTED = new FieldMapping(
            "meta.id",
            "meta.time",
            null,
            null,
            Map.of("customer_id", "payload.card.holder", "terminal_id", "payload.terminal", "amount", "payload.sum"));

    private Codecs() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static void assertEvent(Event event, String id, long timeMillis, List<String> keys, List<Double> numbers) {
        assertThat(event.id()).isEqualTo(id);
        assertThat(event.timeMillis()).isEqualTo(timeMillis);
        assertThat(event.keys()).containsExactlyElementsOf(keys);
        assertThat(event.numbers())
                .containsExactly(
                        numbers.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** What the codec says of a bad record, once its reason is as it should be. */
    static String messageOf(EventCodec codec, byte[] value, MalformedReason reason) {
        MalformedEventException refusal =
                catchThrowableOfType(MalformedEventException.class, () -> codec.decode(value));
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
        assertThat(refusal.getStackTrace()).isEmpty();
        return String.valueOf(refusal.getMessage());
    }
}
