package io.millrace.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextJudgementTest {
    @Test
    void judgesBothPoliciesWindowByWindow() {
        // Text 3 has no label; the stream is right about all, the first model about the positive ones only.
        List<TextLog.Row> rows = List.of(row(1, 1), row(2, 1), row(4, 0), row(5, 1));
        List<TextAnswer> fixed = List.of(
                new TextAnswer(1, 0.75), new TextAnswer(1, 0.75), new TextAnswer(1, 0.75), new TextAnswer(1, 0.75));

        TextJudgement judgement = new TextJudgement(2, rows, fixed);

        assertThat(judgement.folds(2))
                .containsExactly(
                        new TextFold(1, 2, "static", 2, 1.0, null),
                        new TextFold(1, 2, "adaptive", 2, 1.0, null),
                        new TextFold(3, 4, "static", 1, 0.0, null),
                        new TextFold(3, 4, "adaptive", 1, 1.0, null),
                        new TextFold(5, 5, "static", 1, 1.0, null),
                        new TextFold(5, 5, "adaptive", 1, 1.0, null));
        TextQuality overall = judgement.overall().get(0).quality();
        assertThat(overall.accuracy()).isEqualTo(0.75);
        assertThat(overall.balancedAccuracy()).isEqualTo(0.5);
        assertThat(overall.calibrationError()).isZero();
        assertThat(overall.confusion()).containsExactly(List.of(0, 1), List.of(0, 3));
        assertThat(overall.reliability()).containsExactly(new TextQuality.Bin(4, 0.75, 0.75));
        assertThat(judgement.overall().get(1).quality().calibrationError()).isEqualTo(0.1);
    }

    private static TextLog.Row row(long event, int truth) {
        return new TextLog.Row(event, "text", truth, 1, new TextAnswer(truth, 0.9));
    }
}
