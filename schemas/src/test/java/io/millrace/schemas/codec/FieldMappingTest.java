package io.millrace.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldMappingTest {
    @Test
    void mapsAnAbsentNameToItself() {
        FieldMapping mapping = new FieldMapping("id", "at", null, null, Map.of("amount", "payload.sum"));

        assertThat(mapping.path("amount")).isEqualTo("payload.sum");
        assertThat(mapping.path("customer_id")).isEqualTo("customer_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "a.", ".a", "a..b"})
    void refusesAPathWithANameMissing(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FieldMapping("id", "at", null, null, Map.of("amount", path)))
                .withMessageContaining("'amount'")
                .withMessageContaining("'" + path + "'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FieldMapping(path, "at", null, null, Map.of()))
                .withMessageContaining("'id'");
    }

    @Test
    void refusesATimePatternThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FieldMapping("id", "at", "bogus", null, Map.of()))
                .withMessageContaining("bogus");
    }

    @Test
    void isRefusedByACodecWhoseShapeHasATextThatItDoesNotMap() {
        FieldMapping mapping = new FieldMapping("id", "at", null, null, Map.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JsonEventCodec(mapping, new EventShape(List.of(), List.of(), true)))
                .withMessageContaining("text");
    }

    @Test
    void isRefusedByACodecWhenAFieldIsToBeBothValueAndObject() {
        FieldMapping mapping = new FieldMapping("card", "at", null, null, Map.of("customer", "card.holder"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JsonEventCodec(mapping, new EventShape(List.of("customer"), List.of(), false)))
                .withMessageContaining("'card'")
                .withMessageContaining("holder");
    }
}
