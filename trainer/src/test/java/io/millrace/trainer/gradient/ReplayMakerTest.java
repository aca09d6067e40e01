package io.millrace.trainer.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.bundle.Bundle;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gradient.replay.ReplayFile;
import io.millrace.trainer.gradient.replay.ReplaySet;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayMakerTest {
    private static final ExampleSet LEARNED = WordTexts.with(7, 30, 1);
    private static final ExampleSet JUDGED = WordTexts.with(7, 50, 2);

    @ParameterizedTest(name = "{0}")
    @CsvSource({"head, head.token, false", "last: 1, /encoder/layer.1/outer/LayerNorm/Add_1, true"})
    void keepsWhatTheTrainablePartReadsOfEachExample(String trainable, String value, boolean perToken)
            throws LearningException {
        ReplaySet set = make(WordTexts.untrained(trainable));

        assertThat(set.learned()).hasSize(30);
        assertThat(set.judged()).hasSize(50);
        assertThat(set.values()).singleElement().satisfies(kept -> {
            assertThat(kept.name()).isEqualTo(value);
            assertThat(kept.width()).isEqualTo(16);
            assertThat(kept.perToken()).isEqualTo(perToken);
        });
        assertThat(ReplayFile.write(make(WordTexts.untrained(trainable)))).isEqualTo(ReplayFile.write(set));
    }

    @Test
    void theJudgeFindsTheAccuracyThatTheTextsThemselvesWouldShow() throws LearningException {
        Bundle lastBlock = WordTexts.untrained("last: 1");
        ReplaySet deeper = make(lastBlock);

        assertThat(make(WordTexts.untrained("head")).referenceAccuracy()).isEqualTo(deeper.referenceAccuracy());
        assertThat(deeper.referenceAccuracy()).isBetween(0.2, 0.8);
        assertThat(ReplayJudge.accuracy(lastBlock, ReplayFile.read(ReplayFile.write(deeper))))
                .isEqualTo(deeper.referenceAccuracy());
    }

    @Test
    void valuesOfAnotherCutAreRefusedWithTheRemedy() throws LearningException {
        ReplaySet pooled = make(WordTexts.untrained("head"));

        assertThatThrownBy(() -> ReplayJudge.accuracy(WordTexts.untrained("last: 1"), pooled))
                .isInstanceOf(LearningException.class)
                .hasMessageContaining("the replayed values are [head.token]")
                .hasMessageContaining("let trainable be what it was when they were kept");
        assertThatThrownBy(() -> make(WordTexts.untrained("all")))
                .isInstanceOf(LearningException.class)
                .hasMessageContaining("everything is trainable");
    }

    private static ReplaySet make(Bundle model) throws LearningException {
        return ReplayMaker.of(model, LEARNED, JUDGED, LearningProgress.SILENT);
    }
}
