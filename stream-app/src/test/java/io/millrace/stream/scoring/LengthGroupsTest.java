package io.millrace.stream.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LengthGroupsTest {

    @Test
    void textsOfLikeLengthRunTogetherTheLongestFirst() {
        assertThat(LengthGroups.of(new int[] {5, 20, 5, 19, 5}, 100)).containsExactly(List.of(1, 3), List.of(0, 2, 4));
    }

    @Test
    void aTextLongerThanTheBudgetRunsAlone() {
        assertThat(LengthGroups.of(new int[] {100, 100, 8}, 64)).containsExactly(List.of(0), List.of(1), List.of(2));
        assertThat(LengthGroups.of(new int[0], 64)).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 42, 20_261_123})
    void heavyTailedLengthsAreHardlyPaddedAndYetRunTogether(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int budget = 256;
        long tokens = 0;
        long padded = 0;
        int texts = 0;
        int groups = 0;
        for (int batch = 0; batch < 50; batch++) {
            int[] lengths = new int[256];
            for (int i = 0; i < lengths.length; i++) {
                // Pareto, cut at the model's longest text
                lengths[i] = (int) Math.min(128, 6 / Math.pow(1 - random.nextDouble(), 1 / 1.2));
            }
            List<Integer> seen = new ArrayList<>();
            for (List<Integer> group : LengthGroups.of(lengths, budget)) {
                int longest =
                        group.stream().mapToInt(text -> lengths[text]).max().orElseThrow();
                assertThat(longest * group.size())
                        .as("padded tokens of %s", group)
                        .isLessThanOrEqualTo(budget);
                padded += (long) longest * group.size();
                tokens += group.stream().mapToInt(text -> lengths[text]).sum();
                seen.addAll(group);
                groups++;
            }
            assertThat(seen).hasSize(256).doesNotHaveDuplicates();
            texts += 256;
        }

        assertThat(1 - (double) tokens / padded).as("share of padding").isBetween(0.0, 0.10);
        assertThat((double) texts / groups).as("texts per run").isGreaterThan(5);
    }
}
