package io.millrace.inference.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictYamlTest {
    enum Metric {
        AVERAGE_PRECISION,
        ROC_AUC
    }

    record Batch(int rows, Duration linger) {
        Batch {
            if (rows < 1) {
                throw new IllegalArgumentException("rows must be at least 1, was " + rows);
            }
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Circle.class, name = "circle"),
        @JsonSubTypes.Type(value = Square.class, name = "square")
    })
    sealed interface Shape permits Circle, Square {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    record Pipeline(
            String name,
            Batch batch,
            @Nullable Metric gateMetric,
            @Nullable Double threshold,
            @Nullable Boolean paused,
            @Nullable List<Shape> shapes) {}

    record Config(@Nullable Map<String, String> kafka, List<Pipeline> pipelines) {}

    private static final String GOOD = """
            kafka:
              bootstrap.servers: broker:9092
            pipelines:
              - name: fraud
                batch: { rows: 256, linger: 5ms }
                gate-metric: average-precision
                threshold: 0.5
                shapes:
                  - { kind: circle, radius: 2 }
                  - { kind: square, side: 1.5 }
            """;

    @Test
    void readsRecordsMapsListsKindsAndDurations() {
        Config config = StrictYaml.read(GOOD, Config.class, "config.yaml");

        assertThat(config)
                .isEqualTo(new Config(
                        Map.of("bootstrap.servers", "broker:9092"),
                        List.of(new Pipeline(
                                "fraud",
                                new Batch(256, Duration.ofMillis(5)),
                                Metric.AVERAGE_PRECISION,
                                0.5,
                                null,
                                List.of(new Circle(2), new Square(1.5))))));
    }

    @Test
    void writesWhatItReadsBackAndTheSameBytesEachTime() {
        Config config = StrictYaml.read(GOOD, Config.class, "config.yaml");

        String written = StrictYaml.write(config);

        assertThat(written).isEqualTo("""
                        kafka:
                          bootstrap.servers: "broker:9092"
                        pipelines:
                        - name: fraud
                          batch:
                            rows: 256
                            linger: 5ms
                          gate-metric: average-precision
                          threshold: 0.5
                          shapes:
                          - kind: circle
                            radius: 2.0
                          - kind: square
                            side: 1.5
                        """);
        assertThat(StrictYaml.read(written, Config.class, "written")).isEqualTo(config);
    }

    /** Each line: what stands in the good text, what to put there, and the message. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "rows: 256 | rows: abc | pipelines[0].batch.rows: 'abc' is not an integer; write a whole number such as 256 (line 5)",
                "rows: 256 | rows: 2.5 | pipelines[0].batch.rows: '2.5' is not an integer; write a whole number such as 256 (line 5)",
                "rows: 256 | rows: '256' | pipelines[0].batch.rows: '256' is not an integer; write a whole number such as 256 (line 5)",
                "rows: 256 | rows: 9999999999 | pipelines[0].batch.rows: '9999999999' is beyond the range of such a number; write a smaller one (line 5)",
                "rows: 256 | rows: 0 | pipelines[0].batch: rows must be at least 1, was 0 (line 5)",
                "rows: 256 | rows: null | pipelines[0].batch.rows: is missing; it must be given (line 5)",
                "rows: 256 | rows: [1] | pipelines[0].batch.rows: a list is not an integer; write a whole number such as 256 (line 5)",
                "rows: 256, | \"\" | pipelines[0].batch.rows: is missing; it must be given (line 5)",
                "linger: 5ms | linger: 5 parsecs | pipelines[0].batch.linger: '5 parsecs' is not a duration; write a number and a unit: 5ms, 2s, 1m, 12h or 7d (line 5)",
                "linger: 5ms | lingre: 5ms | \"pipelines[0].batch.lingre: is not a known key; did you mean 'linger'? known here: linger, rows (line 5)\"",
                "average-precision | precision | \"pipelines[0].gate-metric: 'precision' is not one of average-precision, roc-auc (line 6)\"",
                "threshold: 0.5 | threshold: half | pipelines[0].threshold: 'half' is not a number; write one such as 0.5 (line 7)",
                "threshold: 0.5 | paused: 1 | pipelines[0].paused: '1' is not a truth value; write true or false (line 7)",
                "kind: circle | kind: circel | \"pipelines[0].shapes[0]: 'circel' is not a known kind; known kinds: circle, square (line 9)\"",
                "kind: circle, | \"\" | \"pipelines[0].shapes[0]: does not say of which kind it is; known kinds: circle, square (line 9)\"",
                "name: fraud | name: [fraud] | pipelines[0].name: a list is not text; write a plain value (line 4)",
                "name: fraud | label: fraud | \"pipelines[0].label: is not a known key; known here: name, batch, paused, shapes, threshold, gate-metric (line 4)\"",
            })
    void namesThePathTheValueAndTheRemedy(String good, @Nullable String bad, String message) {
        assertThat(GOOD).contains(good);
        String yaml = GOOD.replace(good, bad == null ? "" : bad);

        assertThatThrownBy(() -> StrictYaml.read(yaml, Config.class, "config.yaml"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("config.yaml: " + message);
    }

    @Test
    void refusesAKeyGivenTwice() {
        assertThatThrownBy(() -> StrictYaml.read("rows: 1\nrows: 2\nlinger: 1s\n", Batch.class, "batch.yaml"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("batch.yaml")
                .hasMessageContaining("rows")
                .hasMessageContaining("line 2");
    }

    @Test
    void refusesAGroupWhereAListBelongs() {
        assertThatThrownBy(() -> StrictYaml.read("pipelines: { name: fraud }", Config.class, "c"))
                .hasMessage("c: pipelines: a group of keys is not a list; write its items in [brackets] or on lines "
                        + "that begin with a hyphen (line 1)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment\n", "---\n"})
    void refusesAnEmptyText(String yaml) {
        assertThatThrownBy(() -> StrictYaml.read(yaml, Batch.class, "batch.yaml"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("batch.yaml: ")
                .hasMessageContaining("empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rows: [1", "rows: 1\n  linger: 2s\n", "\t- x", "rows: 1\nlinger: 1s\n---\nrows: 2\n"})
    void refusesWhatIsNoYamlOrMoreThanOneDocument(String yaml) {
        assertThatThrownBy(() -> StrictYaml.read(yaml, Batch.class, "batch.yaml"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("batch.yaml: ")
                .hasMessageContaining("(line ");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 42, 20_261_124})
    void readsBackAnyTextAndAnyNumber(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String alphabet = "ab Z019.:,-_#'\"[]{}&*!|>%@`~\\/\n\té€=?+eNno";
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(8); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            texts.put("key " + i, text.toString());
        }
        for (String word :
                List.of("null", "~", "true", "No", "off", "1e5", "0x1F", "1_000", ".nan", "-", "2026-01-01")) {
            texts.put("word " + word, word);
        }

        Config config = new Config(texts, List.of());

        assertThat(StrictYaml.read(StrictYaml.write(config), Config.class, "written"))
                .isEqualTo(config);
    }

    record Numbers(List<Double> values) {}

    @Test
    void readsBackEveryDouble() {
        SplittableRandom random = new SplittableRandom(7);
        List<Double> values = new ArrayList<>(List.of(
                0.0,
                -0.0,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                1e-300));
        for (int i = 0; i < 2_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            values.add(Double.isNaN(value) ? Double.NaN : value);
        }
        Numbers numbers = new Numbers(values);

        assertThat(StrictYaml.read(StrictYaml.write(numbers), Numbers.class, "written"))
                .isEqualTo(numbers);
    }
}
