package io.millrace.inference.onnx;

import static io.millrace.inference.onnx.TestModels.REF;
import static io.millrace.inference.onnx.TestModels.WIDTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadedModelTest {
    private final ModelLoader loader = new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, 8);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 42})
    void scoresBatchesOfAnySizeInOneBuffer(long seed) throws ModelRefusedException {
        SplittableRandom random = new SplittableRandom(seed);
        try (LoadedModel model = loader.load(REF, TestModels.bundle(TestModels.sumModel()))) {
            ScoreBatch batch = model.newBatch(8);
            for (int round = 0; round < 50; round++) {
                List<double[]> rows = rows(random, 1 + random.nextInt(8));
                batch.clear();
                rows.forEach(batch::add);

                model.score(batch);

                for (int i = 0; i < rows.size(); i++) {
                    double expected = TestModels.sumModelProbability(rows.get(i));
                    assertThat(batch.probability(i, 1)).isCloseTo(expected, within(1e-6));
                    assertThat(batch.probability(i, 0)).isCloseTo(1 - expected, within(1e-6));
                }
            }
        }
    }

    @Test
    void leavesAnEmptyBatchAsItIs() throws ModelRefusedException {
        try (LoadedModel model = loader.load(REF, TestModels.bundle(TestModels.sumModel()))) {
            ScoreBatch batch = model.newBatch(2);

            model.score(batch);

            assertThat(batch.rows()).isZero();
        }
    }

    @Test
    void refusesABatchOfAnotherShape() throws ModelRefusedException {
        try (LoadedModel model = loader.load(REF, TestModels.bundle(TestModels.sumModel()))) {
            assertThatThrownBy(() -> model.score(new ScoreBatch(2, WIDTH + 1, 2)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("fraud@1 takes 3 features and gives 2 probabilities, but the batch has 4 and 2");
        }
    }

    @Test
    void closesOnceAndScoresNoMore() throws ModelRefusedException {
        long before = LoadedModel.openSessions();
        LoadedModel model = loader.load(REF, TestModels.bundle(TestModels.sumModel()));
        ScoreBatch batch = model.newBatch(1);
        batch.add(new double[WIDTH]);
        assertThat(model.isClosed()).isFalse();
        assertThat(LoadedModel.openSessions()).isEqualTo(before + 1);

        model.close();
        model.close();

        assertThat(model.isClosed()).isTrue();
        assertThat(LoadedModel.openSessions()).isEqualTo(before);
        assertThatThrownBy(() -> model.score(batch))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("fraud@1 is closed");
    }

    @Test
    @Timeout(60)
    void givesEveryThreadItsOwnAnswersAndClosesBetweenBatches()
            throws ModelRefusedException, InterruptedException, ExecutionException {
        LoadedModel model = loader.load(REF, TestModels.bundle(TestModels.sumModel()));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        CountDownLatch scoring = new CountDownLatch(4);
        try {
            List<Future<Integer>> wrongRows = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                wrongRows.add(threads.submit(scoreUntilClosed(model, t, scoring)));
            }
            assertThat(scoring.await(30, TimeUnit.SECONDS)).isTrue();
            model.close();

            for (Future<Integer> wrong : wrongRows) {
                assertThat(wrong.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<Integer> scoreUntilClosed(LoadedModel model, long seed, CountDownLatch scoring) {
        return () -> {
            SplittableRandom random = new SplittableRandom(seed);
            ScoreBatch batch = model.newBatch(8);
            int wrong = 0;
            while (!model.isClosed()) {
                List<double[]> rows = rows(random, 8);
                batch.clear();
                rows.forEach(batch::add);
                try {
                    model.score(batch);
                } catch (IllegalStateException closedMeanwhile) {
                    return wrong;
                }
                scoring.countDown();
                for (int i = 0; i < rows.size(); i++) {
                    double expected = TestModels.sumModelProbability(rows.get(i));
                    wrong += Math.abs(batch.probability(i, 1) - expected) < 1e-6 ? 0 : 1;
                }
            }
            return wrong;
        };
    }

    private static List<double[]> rows(SplittableRandom random, int count) {
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(random.doubles(WIDTH, -3, 3).toArray());
        }
        return rows;
    }
}
