package io.millrace.stream.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.feature.state.EntityLabel;
import io.millrace.schemas.codec.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowSerdesTest {
    @Test
    void bringsAnEnvelopeBackAsItWas() {
        Event event = new Event(
                "é-1", 1_533_686_474_000L, new String[] {"c1", ""}, new double[] {1.5, -0.0}, null, "FR", "ACME");
        Envelope envelope =
                new Envelope(event, new double[] {Double.NEGATIVE_INFINITY, 3}, new byte[] {0, -1}, 7, 1L << 40);

        Envelope back = envelopes(envelope);

        assertThat(back).usingRecursiveComparison().isEqualTo(envelope);
    }

    @Test
    void tellsAnAbsentKeyFromAnEmptyOne() {
        Event event = new Event("1", 0, new String[0], new double[0], "text");

        assertThat(envelopes(new Envelope(event, new double[0], null, 0, 0)).originalKey())
                .isNull();
        assertThat(envelopes(new Envelope(event, new double[0], new byte[0], 0, 0))
                        .originalKey())
                .isEmpty();
    }

    @ParameterizedTest(name = "segment kept: {0}")
    @ValueSource(booleans = {true, false})
    void bringsAScoredEventBackAsItWas(boolean withSegment) {
        ScoredEvent event = new ScoredEvent(
                "42",
                1_000,
                new String[] {"t9"},
                new float[] {1.5f, -2f},
                0.25f,
                0.1,
                true,
                3,
                withSegment ? "FR" : null);

        assertThat(ScoredEventBytes.of(event).event())
                .usingRecursiveComparison()
                .isEqualTo(event);
    }

    @Test
    void bringsAScoredTextBackAsTheModelReadIt() {
        ScoredEvent event = new ScoredEvent(
                "42", 1_000, new String[0], new float[0], 0.75f, 0.5, true, 3, null, "Größe 🎉\n\"gut\"");

        ScoredEventBytes bytes = ScoredEventBytes.of(event);

        assertThat(bytes.event()).usingRecursiveComparison().isEqualTo(event);
        assertThat(bytes.timeMillis()).isEqualTo(1_000);
    }

    @ParameterizedTest(name = "{0} features")
    @ValueSource(ints = {9, 15})
    void keepsAScoredEventOfTheFraudModelBelowTwoHundredBytes(int features) {
        ScoredEvent event = new ScoredEvent(
                "1234567890",
                1_533_686_474_000L,
                new String[] {"customer-12345", "terminal-12345"},
                new float[features],
                0.5f,
                0.5,
                false,
                1,
                "50-220");

        assertThat(ScoredEventBytes.of(event).bytes()).hasSizeLessThan(200);
        assertThat(ScoredEventBytes.of(event).timeMillis()).isEqualTo(event.timeMillis());
    }

    @ParameterizedTest(name = "positive {0}")
    @ValueSource(booleans = {true, false})
    void bringsALabelRouteBackAsItWas(boolean positive) {
        LabelRoute route = new LabelRoute("terminal", "t1", new EntityLabel("9", 5, 6, positive, !positive));

        assertThat(LabelRoutes.read(LabelRoutes.write(route))).isEqualTo(route);
    }

    @Test
    void namesAWireVersionThatItDoesNotKnow() {
        byte[] bytes = ScoredEventBytes.of(new ScoredEvent("1", 0, new String[0], new float[0], 0, 0, false, 1, null))
                .bytes();
        bytes[0] = 9;

        assertThatThrownBy(() -> new ScoredEventBytes(bytes).event()).hasMessageContaining("wire version 9");
    }

    private static Envelope envelopes(Envelope envelope) {
        try (EnvelopeSerde serde = new EnvelopeSerde()) {
            return serde.deserializer().deserialize("t", serde.serializer().serialize("t", envelope));
        }
    }

    @Test
    void bringsAFeedItemBackAsItWas() {
        FeedItem item = new FeedItem("é-1", "ACME", 1_533_686_474_000L, Long.MIN_VALUE, -0.25, 2, 7);
        FeedItemSerde serde = new FeedItemSerde();

        assertThat(serde.deserializer().deserialize("t", serde.serializer().serialize("t", item)))
                .isEqualTo(item);
    }
}
