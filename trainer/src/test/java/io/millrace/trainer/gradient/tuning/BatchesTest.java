package io.millrace.trainer.gradient.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.onnx.HostTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final int[] ALL = IntStream.range(0, 100).toArray();

    /** Texts whose lengths are anything from 1 to 50. */
    private record Lengths() implements ModelInputs {
        @Override
        public int size() {
            return ALL.length;
        }

        @Override
        public int length(int example) {
            return example * 37 % 50 + 1;
        }

        @Override
        public Map<String, HostTensor> batch(int[] examples, int length) {
            return Map.of();
        }
    }

    @Test
    void everyExampleIsInOneBatchOfAnEpoch() {
        List<int[]> batches = Batches.shuffled(new Lengths(), ALL, 16, new Random(1));

        assertThat(batches.stream().flatMapToInt(Arrays::stream).sorted().toArray())
                .isEqualTo(ALL);
    }

    @Test
    void examplesOfABatchAreAboutEquallyLong() {
        Lengths lengths = new Lengths();

        long padded = 0;
        for (int[] batch : Batches.shuffled(lengths, ALL, 10, new Random(1))) {
            padded += (long) lengths.longest(batch) * batch.length;
        }

        long tokens = Arrays.stream(ALL).mapToLong(lengths::length).sum();
        assertThat((double) padded / tokens).isLessThan(1.15);
    }

    @Test
    void epochsDiffer() {
        Random random = new Random(1);

        assertThat(Batches.shuffled(new Lengths(), ALL, 16, random).get(0))
                .isNotEqualTo(Batches.shuffled(new Lengths(), ALL, 16, random).get(0));
    }
}
