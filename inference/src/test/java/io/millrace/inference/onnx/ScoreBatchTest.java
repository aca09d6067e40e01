package io.millrace.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScoreBatchTest {
    private final ScoreBatch batch = new ScoreBatch(2, 3, 2);

    @Test
    void countsRowsUntilItIsFull() {
        assertThat(batch.isFull()).isFalse();
        batch.add(new double[3]);
        batch.add(new double[3]);

        assertThat(batch.isFull()).isTrue();
        assertThat(batch.rows()).isEqualTo(2);
        assertThatThrownBy(() -> batch.add(new double[3]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the batch already has its 2 rows: score and clear it first");
    }

    @Test
    void takesOnlyRowsOfItsWidth() {
        assertThatThrownBy(() -> batch.add(new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a row of this batch has 3 features, but 2 were given");
    }

    @Test
    void hasNoProbabilitiesBeforeItIsScored() {
        batch.add(new double[3]);

        assertThatThrownBy(() -> batch.probability(0, 1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("scored are 0 rows");
    }

    @Test
    void isEmptyAgainWhenCleared() {
        batch.add(new double[3]);
        batch.scored();

        batch.clear();

        assertThat(batch.rows()).isZero();
        assertThatThrownBy(() -> batch.probability(0, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
