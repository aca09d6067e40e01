package io.millrace.stream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.config.ConfigException;
import io.millrace.inference.config.StrictYaml;
import io.millrace.inference.onnx.Precision;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextConfigTest {
    private static final String YAML = """
            name: sentiment
            input:
              topic: texts
              id: message_id
              time: event_time
              text: body.text
            batch:
              tokens: 512
              cache-texts: 0
            precision: int8
            feed:
              subject: ticker
            """;

    @Test
    void inputTextMakesAPipelineOfTexts() {
        PipelineConfig config = read(YAML);

        assertThat(config.readsTexts()).isTrue();
        assertThat(config.input().text()).isEqualTo("body.text");
        assertThat(config.batch()).isEqualTo(new BatchConfig(256, Duration.ofMillis(5), 512, 0));
        assertThat(config.precision()).isEqualTo(Precision.INT8);
    }

    @Test
    void whatIsAbsentTakesItsDefault() {
        PipelineConfig config = read("{name: fraud, input: {topic: t, id: i, time: at}}");

        assertThat(config.readsTexts()).isFalse();
        assertThat(config.batch()).isEqualTo(new BatchConfig(256, Duration.ofMillis(5), 256, 10_000));
        assertThat(config.precision()).isEqualTo(Precision.AUTO);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tokens: 512 | tokens: 15 | batch: tokens must be from 16 to 1048576, was 15",
                "cache-texts: 0 | cache-texts: -1 | batch: cache-texts must be from 0 to 1000000, was -1",
                "text: body.text | text: ' ' | input: text must name the field with the text",
                "text: body.text | max-ahead: 1d | feed needs texts: name the field with the text in input.text",
                "precision: int8 | precision: int4 | precision: 'int4' is not one of"
            })
    void refusesWhatNoPipelineOfTextsCanBe(String good, String bad, String message) {
        assertThat(YAML).contains(good);

        assertThatThrownBy(() -> read(YAML.replace(good, bad)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    private static PipelineConfig read(String yaml) {
        return StrictYaml.read(yaml, PipelineConfig.class, "pipeline");
    }
}
