package io.millrace.inference.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FeatureSetTest {
    private static final WindowFeature COUNT =
            new WindowFeature("count", "card", Aggregate.COUNT, null, Duration.ofDays(1), Duration.ZERO);
    private static final WindowFeature RISK =
            new WindowFeature("risk", "shop", Aggregate.POSITIVE_SHARE, null, Duration.ofDays(1), Duration.ofDays(7));
    private static final WindowFeature SPENT =
            new WindowFeature("spent", "card", Aggregate.SUM, "total", Duration.ofDays(1), Duration.ZERO);

    @Test
    void ordersStagesAndNumbersByFirstUse() {
        FeatureSet set =
                set(RISK, COUNT, new LogFeature("log", "amount"), SPENT, new FieldFeature("total-now", "total"));

        assertThat(set.entities()).containsExactly("shop", "card");
        assertThat(set.shape().keyFields()).containsExactly("shop", "card");
        assertThat(set.shape().numberFields()).containsExactly("amount", "total");
        assertThat(set.definitions("card")).containsExactly(COUNT, SPENT);
        assertThat(set.index("spent")).isEqualTo(3);
    }

    @Test
    void sendsLabelsOnlyWhereAShareNeedsThem() {
        FeatureSet set = set(RISK, COUNT);

        assertThat(set.needsLabels("shop")).isTrue();
        assertThat(set.needsLabels("card")).isFalse();
    }

    @Test
    void hashesWhatIsComputedAndNotWhatItIsCalled() {
        FeatureSet set = set(COUNT, SPENT);

        assertThat(new FeatureSet("another name", "UTC", List.of(COUNT, SPENT)).hash())
                .isEqualTo(set.hash());
        assertThat(set(SPENT, COUNT).hash()).isNotEqualTo(set.hash());
        assertThat(new FeatureSet("set", "Europe/Berlin", List.of(COUNT, SPENT)).hash())
                .isNotEqualTo(set.hash());
        assertThat(set.hash()).matches("[0-9a-f]{64}");
    }

    @Test
    void namesTheFeaturesThatItHasWhenAskedForAnother() {
        assertThatThrownBy(() -> set(COUNT).index("other"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'other'")
                .hasMessageContaining("[count]");
    }

    static List<Wrong> wrongDefinitions() {
        Duration day = Duration.ofDays(1);
        return List.of(
                new Wrong("no features", () -> new FeatureSet("set", "UTC", List.of())),
                new Wrong("'count' twice", () -> set(COUNT, COUNT)),
                new Wrong("'Mars/Olympus'", () -> new FeatureSet("set", "Mars/Olympus", List.of(COUNT))),
                new Wrong("must not be blank", () -> new FieldFeature(" ", "amount")),
                new Wrong("control character at 1", () -> new LogFeature("a\tb", "amount")),
                new Wrong(
                        "no use for the field 'amount'",
                        () -> new WindowFeature("w", "card", Aggregate.COUNT, "amount", day, day)),
                new Wrong("name the number field", () -> new WindowFeature("w", "card", Aggregate.MAX, null, day, day)),
                new Wrong(
                        "must be more than zero",
                        () -> new WindowFeature("w", "card", Aggregate.COUNT, null, Duration.ZERO, day)),
                new Wrong(
                        "whole milliseconds",
                        () -> new WindowFeature("w", "card", Aggregate.COUNT, null, Duration.ofNanos(1), day)),
                new Wrong(
                        "delay of feature 'w'",
                        () -> new WindowFeature("w", "card", Aggregate.COUNT, null, day, day.negated())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongDefinitions")
    void cannotBeBuiltWrong(Wrong wrong) {
        assertThatThrownBy(wrong.build::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(wrong.message);
    }

    @Test
    void readsAWindowsFieldFromItsEntitysHistoryWhereOneHasTheName() {
        HistoryFeature ratio = new HistoryFeature("ratio", "card", HistoryMeasure.RATIO, "amount");
        WindowFeature own = window("own", "card");
        WindowFeature foreign = window("foreign", "shop");

        FeatureSet set = set(ratio, own, foreign);

        assertThat(set.history(own)).isEqualTo(ratio);
        assertThat(set.history(foreign)).isNull();
        assertThat(set.shape().numberFields()).containsExactly("amount", "ratio");
    }

    @Test
    void sendsLabelsToRuns() {
        assertThat(set(run("run", "shop", null)).needsLabels("shop")).isTrue();
    }

    static List<Wrong> wrongExplanations() {
        Explanation byWindow = new Explanation("spent", 2);
        Explanation byNothing = new Explanation("nothing", 2);
        return List.of(
                new Wrong("does not define", () -> set(COUNT, run("run", "shop", byNothing))),
                new Wrong("not known yet in the stage of 'shop'", () -> set(run("run", "shop", byWindow), SPENT)),
                new Wrong("not known yet in the stage of 'card'", () -> set(SPENT, run("run", "card", byWindow))),
                new Wrong("give both the same", () -> set(SPENT, run("a", "shop", byWindow), run("b", "shop", null))),
                new Wrong("must be a finite number", () -> new Explanation("spent", Double.NaN)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongExplanations")
    void refusesAnExplanationThatIsNotThere(Wrong wrong) {
        cannotBeBuiltWrong(wrong);
    }

    @Test
    void takesAnExplanationFromAnEarlierStage() {
        FeatureSet set = set(SPENT, run("run", "shop", new Explanation("spent", 2)));

        assertThat(set.entities()).containsExactly("card", "shop");
    }

    private static WindowFeature window(String name, String entity) {
        return new WindowFeature(name, entity, Aggregate.MAX, "ratio", Duration.ofDays(1), Duration.ZERO);
    }

    private static LabelRunFeature run(String name, String entity, @Nullable Explanation explanation) {
        return new LabelRunFeature(
                name, entity, LabelRunMeasure.LENGTH, Duration.ZERO, LabelRunFeature.DEFAULT_HORIZON, explanation);
    }

    private static FeatureSet set(FeatureDefinition... features) {
        return new FeatureSet("set", "UTC", List.of(features));
    }

    record Wrong(String message, Runnable build) {}
}
