package io.millrace.stream.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.onnx.ModelRef;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {
    private static final ModelRef FIRST = new ModelRef("mood", 1);
    private static final ModelRef SECOND = new ModelRef("mood", 2);
    private static final TextAnswer ANSWER = TextAnswer.of(new double[] {0.2, 0.8}, false, 4);

    private final AnswerCache cache = new AnswerCache(2);

    @Test
    void forgetsTheTextThatWasAskedForLongestAgo() {
        cache.keep(FIRST, "a", ANSWER);
        cache.keep(FIRST, "b", ANSWER);
        assertThat(cache.find(FIRST, "a")).isSameAs(ANSWER);
        cache.keep(FIRST, "c", ANSWER);

        assertThat(cache.find(FIRST, "b")).isNull();
        assertThat(cache.find(FIRST, "a")).isSameAs(ANSWER);
        assertThat(cache.find(FIRST, "c")).isSameAs(ANSWER);
    }

    @Test
    void anAnswerOfAnotherVersionNeverCounts() {
        cache.keep(FIRST, "a", ANSWER);

        assertThat(cache.find(SECOND, "a")).isNull();

        cache.keep(SECOND, "b", ANSWER);
        assertThat(cache.find(FIRST, "a")).isNull();
        assertThat(cache.size()).isEqualTo(1);
    }

    @Test
    void keepsNoLongTexts() {
        cache.keep(FIRST, "x".repeat(2_001), ANSWER);

        assertThat(cache.size()).isZero();
    }

    @Test
    void mayKeepNothing() {
        AnswerCache none = new AnswerCache(0);
        none.keep(FIRST, "a", ANSWER);

        assertThat(none.find(FIRST, "a")).isNull();
    }
}
