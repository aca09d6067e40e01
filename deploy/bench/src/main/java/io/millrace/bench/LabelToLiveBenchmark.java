package io.millrace.bench;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.cli.broker.BrokerConnection;
import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.cli.config.MillraceConfig;
import io.millrace.cli.output.FailedException;
import io.millrace.cli.serve.StreamHost;
import io.millrace.cli.simulate.SimulatedTransaction;
import io.millrace.cli.simulate.SimulationSettings;
import io.millrace.cli.simulate.TransactionSimulator;
import io.millrace.trainer.config.TrainingConfig;
import io.millrace.trainer.config.TriggerConfig;
import io.millrace.trainer.service.TrainedModel;
import io.millrace.trainer.service.TrainerService;
import io.millrace.trainer.service.TrainerSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Question: how long from a label that makes a round due to the first score by the version it leads to?
 *
 * <p>Broker, stream and trainer run in this process with the shipped fraud model, as {@code up} runs them. The world is
 * the simulator's, but amounts that the model holds for harmless are frauds in it. All labels but the last thousand are
 * there before the trainer starts; the last one makes the round due. What came when is in the records of trainer and
 * stream.
 *
 * <p>Threading: confined to one thread. Lifecycle: the folder is the caller's to remove.
 */
public final class LabelToLiveBenchmark {
    private static final String PIPELINE = "fraud";
    private static final int LAST_LABELS = 1_000;
    private static final int TRICKLE = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final int transactions;
    private final Path folder;
    private final Consumer<String> step;

    /**
     * Makes a benchmark.
     *
     * @param transactions how many are scored and labelled; some 9,500 make a day
     * @param step told what is being done
     */
    public LabelToLiveBenchmark(int transactions, Path folder, Consumer<String> step) {
        if (transactions < 10 * LAST_LABELS) {
            throw new IllegalArgumentException(
                    "transactions must be at least " + 10 * LAST_LABELS + ", were " + transactions);
        }
        this.transactions = transactions;
        this.folder = folder;
        this.step = step;
    }

    /** From the newest label's arrival to the first score by the version that it led to, step by step. */
    public LabelToLive run() throws InterruptedException {
        BrokerConnection.muteLoopbackWarnings();
        MillraceConfig config = MillraceConfig.builtIn().only(PIPELINE).withData(folder);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
                StreamHost stream = new StreamHost(config, Map.of("bootstrap.servers", broker.bootstrapServers()));
                DriftedWorld world = new DriftedWorld(
                        broker.bootstrapServers(), new TransactionSimulator(SimulationSettings.STANDARD))) {
            stream.start();
            Set<String> missing = stream.publishFirst(step);
            if (!missing.isEmpty()) {
                throw new FailedException("there is no bundle of " + missing + " to begin with");
            }
            step.accept("scoring " + transactions + " transactions");
            List<SimulatedTransaction> scored = world.sendTransactions(transactions);
            await(() -> stream.app().meters(PIPELINE).scoredCount() >= transactions);
            step.accept("telling their labels");
            int early = transactions - LAST_LABELS;
            world.sendLabels(scored.subList(0, early));
            await(() -> stream.app().meters(PIPELINE).labelsSettledCount() >= early);
            MeterRegistry meters = new SimpleMeterRegistry();
            RoundWatch watch = new RoundWatch(Clock.systemUTC());
            try (TrainerService trainer = trainer(broker.bootstrapServers(), meters, watch)) {
                trainer.start();
                step.accept("telling the last " + LAST_LABELS + " labels, and waiting for the version they lead to");
                world.sendLabels(scored.subList(early, transactions));
                await(() -> {
                    // Versions change where transactions flow.
                    List<SimulatedTransaction> unused = world.sendTransactions(TRICKLE);
                    requireNoRefusal(meters);
                    return measured(meters) != null;
                });
            }
            return watch.way(Map.of("bootstrap.servers", broker.bootstrapServers()), PIPELINE);
        }
    }

    private TrainerService trainer(String servers, MeterRegistry meters, RoundWatch watch) {
        TrainingConfig defaults = TrainingConfig.of(PIPELINE, null, null, null, null, null, null, null);
        TrainingConfig afterTheLast = new TrainingConfig(
                PIPELINE,
                null,
                TriggerConfig.of(transactions, null, null),
                defaults.window(),
                defaults.gate(),
                defaults.trees(),
                defaults.gradient(),
                0);
        return new TrainerService(
                new TrainerSettings(Map.of("bootstrap.servers", servers), "bench", Clock.systemUTC(), meters, watch),
                List.of(new TrainedModel(PIPELINE, afterTheLast)));
    }

    private static @Nullable Timer measured(MeterRegistry meters) {
        return meters.find(TrainerService.LABEL_TO_LIVE).timer();
    }

    private static void requireNoRefusal(MeterRegistry meters) {
        List<String> ended = new ArrayList<>();
        meters.find(TrainerService.RUNS)
                .counters()
                .forEach(counter -> ended.add(counter.getId().getTag("state")));
        if (!ended.isEmpty() && !ended.contains("published")) {
            throw new FailedException("no version came of the labels: the run ended as " + ended
                    + "; the log above says why; try more --transactions");
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadlineNanos) {
                throw new FailedException("nothing came of it within " + PATIENCE.toMinutes() + " minutes");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
