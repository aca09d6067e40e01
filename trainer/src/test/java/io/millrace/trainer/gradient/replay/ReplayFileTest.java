package io.millrace.trainer.gradient.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.trainer.gradient.tuning.KeptRows;
import io.millrace.trainer.learn.LearningException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayFileTest {
    private static final ReplaySet POOLED = pooled(
            "head.token",
            new float[][] {{0.5f, -1}, {2, 3}, {-0.25f, 8}},
            new int[] {0, 1, 1},
            new boolean[] {false, true, false},
            2,
            0.875);

    @Test
    void comesBackAsItWasWritten() throws LearningException {
        ReplaySet read = ReplayFile.read(ReplayFile.write(POOLED));

        assertThat(read).usingRecursiveComparison().isEqualTo(POOLED);
        assertThat(read.learned()).containsExactly(0, 2);
        assertThat(read.judged()).containsExactly(1);
    }

    @Test
    void valuesPerTokenComeBackWithoutPadding() throws LearningException {
        ReplaySet perToken = new ReplaySet(
                3,
                0.5,
                new int[] {2, 0},
                new int[] {1, 3},
                new boolean[2],
                List.of(
                        new KeptRows("hidden", true, 2, new short[][] {{1, 2}, {3, 4, 5, 6, 7, 8}}),
                        new KeptRows("pooled", false, 1, new short[][] {{9}, {10}})));

        assertThat(ReplayFile.read(ReplayFile.write(perToken)))
                .usingRecursiveComparison()
                .isEqualTo(perToken);
    }

    @Test
    void theSameSetGivesTheSameBytes() {
        assertThat(ReplayFile.write(POOLED)).isEqualTo(ReplayFile.write(POOLED)).hasSize(75);
    }

    @Test
    void whatIsCutOffAnywhereIsRefused() {
        byte[] whole = ReplayFile.write(POOLED);

        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ReplayFile.read(part))
                    .as("first %d bytes", length)
                    .isInstanceOf(LearningException.class)
                    .hasMessageContaining("replay.bin is no replay set: it is cut off");
        }
    }

    @Test
    void whatIsLeftOverOrOfAnotherFormatIsRefused() {
        byte[] whole = ReplayFile.write(POOLED);
        byte[] later = whole.clone();
        ByteBuffer.wrap(later).putInt(4, 2);
        byte[] other = whole.clone();
        other[0] = 'X';

        assertThatThrownBy(() -> ReplayFile.read(Arrays.copyOf(whole, whole.length + 2)))
                .hasMessageContaining("2 bytes are left over");
        assertThatThrownBy(() -> ReplayFile.read(later)).hasMessageContaining("of format 2, this version reads 1");
        assertThatThrownBy(() -> ReplayFile.read(other)).hasMessageContaining("does not begin as one");
    }

    @Test
    void anImpossibleSetCannotBeMade() {
        assertThatThrownBy(() -> pooled("v", new float[][] {{1}}, new int[] {2}, new boolean[1], 2, 0.9))
                .hasMessage("replay set: example 0 is of class 2");
        assertThatThrownBy(() -> pooled("v", new float[][] {{1}}, new int[] {1}, new boolean[1], 2, 90))
                .hasMessageContaining("reference accuracy must be from 0 to 1, is 90");
    }

    /** A set with one value of one size, such as a head's input. */
    private static ReplaySet pooled(
            String name, float[][] rows, int[] labels, boolean[] judging, int classes, double referenceAccuracy) {
        int[] tokens = new int[rows.length];
        Arrays.fill(tokens, 1);
        return new ReplaySet(
                classes, referenceAccuracy, labels, tokens, judging, List.of(KeptRows.perExample(name, rows)));
    }
}
