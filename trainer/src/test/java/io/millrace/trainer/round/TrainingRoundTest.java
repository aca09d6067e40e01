package io.millrace.trainer.round;

import static io.millrace.trainer.round.TestModels.HALF_TRUTH;
import static io.millrace.trainer.round.TestModels.TRUTH;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.config.StrictYaml;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.trainer.config.GateConfig;
import io.millrace.trainer.config.TrainingConfig;
import io.millrace.trainer.config.WindowConfig;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gate.Check;
import io.millrace.trainer.gate.GateReport;
import io.millrace.trainer.learn.Candidate;
import io.millrace.trainer.learn.Learner;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import io.millrace.trainer.learn.LearningTask;
import io.millrace.trainer.round.RoundOutcome.Accepted;
import io.millrace.trainer.round.RoundOutcome.Postponed;
import io.millrace.trainer.round.RoundOutcome.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingRoundTest {
    private static final Bundle CHAMPION = TestModels.bundle(TestModels.linear(HALF_TRUTH));
    private static final Map<String, String> SOURCE =
            Map.of(LineageKeys.SOURCE_TOPIC, "fraud.examples", LineageKeys.SOURCE_OFFSETS, "0:0-12000");
    private static final TrainingConfig CONFIG = config(WindowConfig.of(Duration.ofDays(5), 0.5, 0.1, 500, 1_000, 20));
    private static final ExampleSet EXAMPLES = TestModels.examples(12_000, 1);

    @Test
    void aBetterCandidateIsAcceptedAndCarriesWhereItCameFrom() throws LearningException {
        long openBefore = LoadedModel.openSessions();

        Accepted accepted = (Accepted) run(TestModels.linear(TRUTH));

        assertThat(accepted.gate().reasons()).isEmpty();
        assertThat(accepted.gate().checks().stream().map(Check::name))
                .containsExactly(
                        "loads",
                        "finite",
                        "average-precision-gain",
                        "average-precision-gain-interval",
                        "segment/a",
                        "segment/b",
                        "forgetting",
                        "threshold",
                        "slowdown");
        var manifest = accepted.bundle().manifest();
        assertThat(manifest.parent()).isEqualTo(7);
        assertThat(manifest.licence()).isEqualTo("Apache-2.0");
        assertThat(manifest.golden()).hasSizeGreaterThan(3);
        assertThat(manifest.threshold()).isBetween(0.1, 0.9);
        assertThat(manifest.lineage())
                .containsEntry(LineageKeys.SOURCE_OFFSETS, "0:0-12000")
                .containsEntry("learner-mode", "handed in")
                .containsEntry("verdict", "accepted")
                .containsKeys("hold-out-average-precision", "champion-average-precision", "gate-segment/b")
                .doesNotContainKey("gate-slowdown");
        assertThat(StrictYaml.read(
                        manifest.lineage().getOrDefault(LineageKeys.SETTINGS, ""), TrainingConfig.class, "settings"))
                .isEqualTo(CONFIG);
        assertThat(LoadedModel.openSessions()).isEqualTo(openBefore);
    }

    @Test
    void theSameRoundGivesTheSameBytesTwice() throws LearningException {
        Accepted first = (Accepted) run(TestModels.linear(TRUTH));
        Accepted second = (Accepted) run(TestModels.linear(TRUTH));

        assertThat(second.bundle().manifestYaml()).isEqualTo(first.bundle().manifestYaml());
        assertThat(second.bundle().model()).isEqualTo(first.bundle().model());
    }

    @Test
    void aCandidateOfFlippedLabelsIsRefusedForItsLoss() throws LearningException {
        assertThat(reasons(TestModels.linear(-1.5f, -1, 0, 0)))
                .anyMatch(reason -> reason.startsWith("average-precision on the hold-out goes from"));
    }

    @Test
    void aCandidateWithASwappedColumnIsRefusedForItsLoss() throws LearningException {
        assertThat(reasons(TestModels.linear(0, 1, 0, 1.5f)))
                .anyMatch(reason -> reason.startsWith("average-precision on the hold-out goes from"));
    }

    @Test
    void aCandidateThatGivesNoNumbersAtAllIsRefusedByTheLoader() throws LearningException {
        Refused refused = refused(TestModels.linear(Float.NaN, 0, 0, 0));

        assertThat(refused.bundle()).isNull();
        assertThat(refused.gate().reasons())
                .singleElement()
                .asString()
                .startsWith("the stream would refuse the candidate: NOT_FINITE: fraud@8");
    }

    @Test
    void aCandidateThatGivesNoNumbersForSomeRowsIsRefusedByTheFirstOne() throws LearningException {
        Refused refused = refused(TestModels.rootsOfNegatives());

        assertThat(refused.bundle()).isNull();
        assertThat(refused.gate().reasons())
                .anyMatch(reason -> reason.contains("of the hold-out is scored NaN by the candidate"));
    }

    @Test
    void aCandidateThatIsWorseInOneSegmentIsRefusedForThatSegmentOnly() throws LearningException {
        assertThat(reasons(TestModels.blindInOneSegment()))
                .singleElement()
                .asString()
                .startsWith("average-precision of segment 'b' (");
    }

    @Test
    void aCandidateThatIsTheChampionIsRefusedSinceItGainsNothing() throws LearningException {
        assertThat(reasons(TestModels.linear(HALF_TRUTH)))
                .hasSize(2)
                .anyMatch(reason -> reason.contains("a gain of 0.00000, at least 0.00200 is asked for"))
                .anyMatch(reason -> reason.contains("its lower end must be above 0"));
    }

    @Test
    void aCandidateThatIsTenTimesSlowerIsRefusedForItsTime() throws LearningException {
        Refused refused = refused(TestModels.slow());

        assertThat(refused.gate().reasons())
                .singleElement()
                .asString()
                .contains("times as long as the champion")
                .endsWith("at most 3.00 times is allowed");
        assertThat(refused.gate().numbers().get("slowdown/candidate")).isGreaterThan(10);
        assertThat(refused.bundle()).isNotNull();
    }

    @Test
    void aGainByChanceIsRefusedForItsInterval() throws LearningException {
        TrainingConfig noMargin = new TrainingConfig(
                "fraud",
                null,
                CONFIG.every(),
                WindowConfig.of(Duration.ofDays(2), 0.25, 0.1, 0, 1_000, 5),
                GateConfig.of(null, 0.0, null, null, 1.0, null, 1.0, null),
                CONFIG.trees(),
                CONFIG.gradient(),
                0);

        Refused refused = (Refused) new TrainingRound(noMargin, new Fixed(TestModels.linear(1.5f, 0, 0, 0.29f)))
                .run(CHAMPION, 7, EXAMPLES, SOURCE, RoundProgress.SILENT);

        assertThat(refused.gate().passed("average-precision-gain-interval")).isFalse();
    }

    @Test
    void aRoundWithTooFewExamplesIsPutOffWithTheNumbers() throws LearningException {
        RoundOutcome few = round(TestModels.linear(TRUTH))
                .run(CHAMPION, 7, TestModels.examples(500, 1), SOURCE, RoundProgress.SILENT);
        RoundOutcome fewPositive = round(TestModels.linear(TRUTH))
                .run(
                        CHAMPION,
                        7,
                        EXAMPLES.where(example -> example.label() == 0 || example.eventTimeMillis() % 24_000_000 == 0),
                        SOURCE,
                        RoundProgress.SILENT);

        assertThat(((Postponed) few).reason()).contains("has 500 labelled examples, a round needs 1000");
        assertThat(((Postponed) fewPositive).reason()).startsWith("of the rarest class there are ");
    }

    @Test
    void whatIsJudgedOnIsLaterThanWhatIsLearnedFromAndOlderThanTheWindowIsOnlyReplayed() {
        RoundSplit split = RoundSplit.of(EXAMPLES, CONFIG.window(), 3);

        assertThat(split.training().size()
                        + split.validation().size()
                        + split.holdOut().size())
                .isEqualTo(5 * 24 * 60);
        assertThat(last(split.training())).isLessThan(first(split.validation()));
        assertThat(last(split.validation())).isLessThan(first(split.holdOut()));
        assertThat(split.replay().size()).isEqualTo(500);
        assertThat(last(split.replay())).isLessThan(first(split.training()));
        assertThat(split.older().size()).isEqualTo(12_000 - 5 * 24 * 60);
        assertThat(RoundSplit.of(EXAMPLES, CONFIG.window(), 3)).isEqualTo(split);
    }

    private static long first(ExampleSet examples) {
        return examples.examples().get(0).eventTimeMillis();
    }

    private static long last(ExampleSet examples) {
        return examples.examples().get(examples.size() - 1).eventTimeMillis();
    }

    private static List<String> reasons(ModelProto candidate) throws LearningException {
        GateReport report = refused(candidate).gate();
        assertThat(report.accepted()).isFalse();
        return report.reasons();
    }

    private static Refused refused(ModelProto candidate) throws LearningException {
        return (Refused) run(candidate);
    }

    private static RoundOutcome run(ModelProto candidate) throws LearningException {
        return round(candidate).run(CHAMPION, 7, EXAMPLES, SOURCE, RoundProgress.SILENT);
    }

    private static TrainingRound round(ModelProto candidate) {
        return new TrainingRound(CONFIG, new Fixed(candidate));
    }

    private static TrainingConfig config(WindowConfig window) {
        return TrainingConfig.of("fraud", null, null, window, null, null, null, 5L);
    }

    /** Has learned already. */
    private record Fixed(ModelProto model) implements Learner {
        @Override
        public String name() {
            return "fixed";
        }

        @Override
        public Candidate learn(Bundle champion, LearningTask task, LearningProgress progress) {
            return new Candidate(Map.of(Bundle.MODEL_BLOB, model.toByteArray()), Map.of("mode", "handed in"));
        }
    }
}
