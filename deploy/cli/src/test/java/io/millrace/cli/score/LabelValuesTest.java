package io.millrace.cli.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.output.FailedException;
import io.millrace.cli.output.WrongUseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelValuesTest {
    private static final List<String> CLASSES = List.of("negative", "positive");

    @Test
    void oneValueIsPositiveAndEveryOtherIsNot() {
        LabelValues values = LabelValues.positive(List.of("LEGITIMATE", "FRAUD"), "YES");

        assertThat(values.classOf("YES")).isEqualTo("FRAUD");
        assertThat(values.classOf("yes")).isEqualTo("LEGITIMATE");
        assertThat(values.classOf("")).isEqualTo("LEGITIMATE");
    }

    @Test
    void classesAreNamedOrCountedAndAnythingElseIsAnErrorWithItsRemedy() {
        LabelValues values = LabelValues.ofClasses(CLASSES);

        assertThat(values.classOf("Negative")).isEqualTo("negative");
        assertThat(values.classOf("1")).isEqualTo("positive");
        assertThatThrownBy(() -> values.classOf("2"))
                .isInstanceOf(FailedException.class)
                .hasMessageContaining("label '2'")
                .hasMessageContaining("--classes 0=negative,2=positive");
    }

    @Test
    void ofNamedValuesTheOthersArePassedOver() {
        LabelValues values = LabelValues.named(CLASSES, Map.of("0", "negative", "2", "Positive"));

        assertThat(values.classOf("2")).isEqualTo("positive");
        assertThat(values.classOf("1")).isNull();
    }

    @Test
    void aClassThatTheModelLacksIsNamed() {
        assertThatThrownBy(() -> LabelValues.named(CLASSES, Map.of("1", "neutral")))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("no class 'neutral'");
    }
}
