package io.millrace.inference.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.config.ConfigException;
import io.millrace.inference.feature.Aggregate;
import io.millrace.inference.feature.CalendarFeature;
import io.millrace.inference.feature.CalendarFlag;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FieldFeature;
import io.millrace.inference.feature.LogFeature;
import io.millrace.inference.feature.WindowFeature;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    private static final FeatureSet FEATURES = new FeatureSet(
            "all-kinds",
            "Europe/Brussels",
            List.of(
                    new FieldFeature("amount", "amount"),
                    new LogFeature("log-amount", "amount"),
                    new CalendarFeature("night", CalendarFlag.NIGHT),
                    new WindowFeature(
                            "mean-7d", "customer_id", Aggregate.MEAN, "amount", Duration.ofDays(7), Duration.ZERO),
                    new WindowFeature(
                            "risk-30d",
                            "terminal_id",
                            Aggregate.POSITIVE_SHARE,
                            null,
                            Duration.ofDays(30),
                            Duration.ofDays(7))));

    private static ManifestBuilder builder() {
        return new ManifestBuilder("fraud", Task.BINARY_CLASSIFICATION, List.of("LEGITIMATE", "FRAUD"))
                .featureSet(FEATURES)
                .blobs(Map.of(Bundle.MODEL_BLOB, HASH))
                .golden(
                        1e-5,
                        List.of(GoldenSample.ofFeatures(
                                List.of(12.5, 2.6, 0.0, Double.NaN, 1e-9), List.of(0.75, 0.25))))
                .parent(3)
                .lineage("seed", "42")
                .lineage("data", "sha256: abc, 3 files")
                .lineage("average-precision", "0.71")
                .licence("Apache-2.0")
                .description("Boosted trees: 100 of depth 6");
    }

    @Test
    void comesBackFromItsYamlWithAllFeatureKinds() {
        Manifest manifest = builder().build();

        Manifest read = Manifest.parse(manifest.yaml());

        assertThat(read).isEqualTo(manifest);
        assertThat(read.yaml()).isEqualTo(manifest.yaml());
        assertThat(read.featureSet()).isNotNull().extracting(FeatureSet::hash).isEqualTo(FEATURES.hash());
        assertThat(read.lineage().keySet()).containsExactly("seed", "data", "average-precision");
    }

    @Test
    void writesTheSameYamlWhateverTheOrderOfTheBlobs() {
        Manifest one =
                builder().blobs(Map.of("a", HASH, Bundle.MODEL_BLOB, HASH)).build();
        Manifest other = builder().build().withBlobs(Map.of(Bundle.MODEL_BLOB, HASH, "a", HASH));

        assertThat(one.yaml()).isEqualTo(other.yaml());
    }

    @Test
    void readsLikeThis() {
        assertThat(builder().build().yaml()).isEqualTo("""
                        name: fraud
                        task: binary-classification
                        input: features
                        output: probabilities
                        classes:
                        - LEGITIMATE
                        - FRAUD
                        feature-set:
                          name: all-kinds
                          zone: Europe/Brussels
                          features:
                          - kind: field
                            name: amount
                            field: amount
                          - kind: log
                            name: log-amount
                            field: amount
                          - kind: calendar
                            name: night
                            flag: night
                          - kind: window
                            name: mean-7d
                            entity: customer_id
                            aggregate: mean
                            field: amount
                            length: 7d
                            delay: 0s
                          - kind: window
                            name: risk-30d
                            entity: terminal_id
                            aggregate: positive-share
                            length: 30d
                            delay: 7d
                        threshold: 0.5
                        golden-tolerance: 1.0E-5
                        golden:
                        - features:
                          - 12.5
                          - 2.6
                          - 0.0
                          - NaN
                          - 1.0E-9
                          probabilities:
                          - 0.75
                          - 0.25
                        blobs:
                          model.onnx: %s
                        parent: 3
                        lineage:
                          seed: "42"
                          data: "sha256: abc, 3 files"
                          average-precision: "0.71"
                        licence: Apache-2.0
                        description: "Boosted trees: 100 of depth 6"
                        """.formatted('"' + HASH + '"'));
    }

    /** Each line: what stands in a good manifest, what to put there, and a part of the message. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name: fraud | name: Fraud! | name 'Fraud!' must be lower-case",
                "- FRAUD | - LEGITIMATE | classes must differ",
                "- FRAUD | `- FRAUD\n- ODD` | must be two",
                "threshold: 0.5 | threshold: 1.5 | threshold must lie in [0, 1], was 1.5",
                "golden-tolerance: 1.0E-5 | golden-tolerance: 0 | golden-tolerance must be above 0",
                "- 0.25 | `` | golden[0] must have one probability for each of [LEGITIMATE, FRAUD], has 1",
                "- 0.25 | - 1.25 | must lie in [0, 1], but one is 1.25",
                "- 12.5 | `` | golden[0] must have the 5 features of feature set 'all-kinds', has 4",
                "model.onnx: | ../model.onnx: | '../model.onnx' must be a relative path",
                "model.onnx: | /model.onnx: | '/model.onnx' must be a relative path",
                "model.onnx: | other.onnx: | 'model.onnx' is missing",
                "0123456789abcdef | 0123456789ABCDEF | is not a SHA-256",
                "parent: 3 | parent: 0 | parent must be a version",
                "task: binary-classification | task: text-classification | feature-set must be left out",
                "length: 7d | length: 7 | feature-set.features[3].length: '7' is not a duration",
                "aggregate: mean | aggregate: median | feature-set.features[3].aggregate: 'median' is not one of",
                "threshold: 0.5 | treshold: 0.5 | did you mean 'threshold'",
            })
    void refusesWhatNoModelCanBe(String good, @Nullable String bad, String message) {
        String yaml = builder().build().yaml();
        assertThat(yaml).contains(good);

        assertThatThrownBy(() -> Manifest.parse(yaml.replace(good, bad == null ? "" : bad)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("manifest: ")
                .hasMessageContaining(message);
    }

    @Test
    void mayDescribeATextModelWithoutFeatures() {
        Manifest manifest = new ManifestBuilder("sentiment", Task.TEXT_CLASSIFICATION, List.of("NEGATIVE", "POSITIVE"))
                .blobs(Map.of(Bundle.MODEL_BLOB, HASH))
                .golden(1e-3, List.of(GoldenSample.ofText("It's great:\n\"yes\" # no comment", List.of(0.1, 0.9))))
                .build();

        assertThat(Manifest.parse(manifest.yaml())).isEqualTo(manifest);
        assertThat(manifest.positiveClass()).isEqualTo("POSITIVE");
    }

    @Test
    void saysOfATextModelHowItReadsAndWhetherThereIsAFormOf8Bits() {
        Manifest manifest = new ManifestBuilder("sentiment", Task.TEXT_CLASSIFICATION, List.of("NEGATIVE", "POSITIVE"))
                .text(new TextSettings(96))
                .blobs(Map.of(Bundle.MODEL_BLOB, HASH, "model.int8.onnx", HASH))
                .quantized(new Quantized("model.int8.onnx", 0.1))
                .build();
        String yaml = manifest.yaml();

        assertThat(yaml)
                .contains("text:\n  max-tokens: 96\n")
                .contains("quantized:\n  blob: model.int8.onnx\n  golden-tolerance: 0.1\n");
        assertThat(Manifest.parse(yaml)).isEqualTo(manifest);
        assertThat(ManifestBuilder.like(manifest).build()).isEqualTo(manifest);
        assertThatThrownBy(() -> Manifest.parse(yaml.replace("text:\n  max-tokens: 96\n", "")))
                .hasMessageContaining("text must be given for this task");
        assertThatThrownBy(() -> Manifest.parse(yaml.replace("max-tokens: 96", "max-tokens: 3")))
                .hasMessageContaining("text: max-tokens must be from 4 to 8192, was 3");
        assertThatThrownBy(() -> Manifest.parse(yaml.replace("  model.int8.onnx:", "  other.onnx:")))
                .hasMessageContaining("quantized: blob: 'model.int8.onnx' is none of the blobs");
        assertThatThrownBy(() -> builder().text(new TextSettings(96)).build())
                .hasMessageContaining("text must be left out for this task");
    }
}
