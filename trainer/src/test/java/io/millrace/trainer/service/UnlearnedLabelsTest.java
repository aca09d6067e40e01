package io.millrace.trainer.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class UnlearnedLabelsTest {
    private final UnlearnedLabels labels = new UnlearnedLabels();

    @Test
    void labelsCountUntilARunOfTheirOffsetsEnds() {
        for (long offset = 0; offset < 10; offset += 2) {
            labels.add(0, offset);
            labels.add(1, offset);
        }

        labels.learnedTo(Map.of(0, 5L));

        assertThat(labels.count()).isEqualTo(2 + 5);
    }

    @Test
    void labelsOfARunThatIsKnownBeforeThemDoNotCount() {
        labels.learnedTo(Map.of(0, 5L));
        labels.learnedTo(Map.of(0, 3L));

        labels.add(0, 4);
        labels.add(0, 5);
        labels.add(1, 0);

        assertThat(labels.count()).isEqualTo(2);
    }
}
