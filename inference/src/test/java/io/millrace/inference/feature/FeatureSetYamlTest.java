package io.millrace.inference.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.config.ConfigException;
import io.millrace.inference.config.StrictYaml;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureSetYamlTest {
    @Test
    void readsTheHandbooksSet() {
        FeatureSet set = FeatureSets.named(FeatureSets.HANDBOOK);

        assertThat(set.size()).isEqualTo(15);
        assertThat(set.entities()).containsExactly("customer_id", "terminal_id");
        assertThat(set.shape().numberFields()).containsExactly("amount");
        assertThat(set.needsLabels("customer_id")).isFalse();
        assertThat(set.needsLabels("terminal_id")).isTrue();
        assertThat(set.features().get(0)).isEqualTo(new FieldFeature("TX_AMOUNT", "amount"));
        assertThat(set.features().get(14))
                .isEqualTo(new WindowFeature(
                        "TERMINAL_ID_RISK_30DAY_WINDOW",
                        "terminal_id",
                        Aggregate.POSITIVE_SHARE,
                        null,
                        Duration.ofDays(30),
                        Duration.ofDays(7)));
    }

    @Test
    void keepsTheHandbooksHash() {
        assertThat(FeatureSets.named(FeatureSets.HANDBOOK).hash())
                .as("models in the field carry this hash: a change here refuses them all")
                .isEqualTo("ae1dd2477be30f1ae6a9c7a3450c3c475e1730086a00a5ec5a24bdf470156477");
    }

    @Test
    void readsTheNine() {
        FeatureSet set = FeatureSets.named(FeatureSets.FRAUD);

        assertThat(set.entities()).containsExactly("customer_id", "terminal_id");
        assertThat(set.shape().numberFields()).containsExactly("amount");
        assertThat(set.features().get(7))
                .isEqualTo(new LabelRunFeature(
                        "TERMINAL_GAP_AGE",
                        "terminal_id",
                        LabelRunMeasure.GAP_DAYS,
                        Duration.ofDays(7),
                        Duration.ofDays(35),
                        new Explanation("CUSTOMER_AMOUNT_RATIO", 2)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {FeatureSets.HANDBOOK, FeatureSets.FRAUD})
    void readsBackWhatItWrites(String name) {
        FeatureSet set = FeatureSets.named(name);

        FeatureSet again = StrictYaml.read(StrictYaml.write(set), FeatureSet.class, "test");

        assertThat(again).isEqualTo(set);
        assertThat(again.hash()).isEqualTo(set.hash());
    }

    @Test
    void namesTheKindsWhenOneIsUnknown() {
        String yaml = "name: x\nfeatures:\n  - { kind: windo, name: a }\n";

        assertThatThrownBy(() -> StrictYaml.read(yaml, FeatureSet.class, "test"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("windo");
    }

    @Test
    void saysWhereAWindowIsWrong() {
        String yaml = "name: x\nfeatures:\n  - { kind: window, name: a, entity: e, aggregate: mean, length: 1d }\n";

        assertThatThrownBy(() -> StrictYaml.read(yaml, FeatureSet.class, "test"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("features[0]")
                .hasMessageContaining("name the number field");
    }

    @Test
    void saysWhichSetsThereAreWhenOneIsMissing() {
        assertThatThrownBy(() -> FeatureSets.named("nothing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'nothing'")
                .hasMessageContaining("handbook-15");
    }
}
