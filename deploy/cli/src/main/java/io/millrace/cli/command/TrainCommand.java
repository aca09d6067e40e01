package io.millrace.cli.command;

import io.millrace.cli.broker.BrokerConnection;
import io.millrace.cli.config.ConnectionOptions;
import io.millrace.cli.config.MillraceConfig;
import io.millrace.cli.output.FailedException;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.WrongUseException;
import io.millrace.cli.serve.Stopping;
import io.millrace.cli.serve.TrainerHost;
import io.millrace.schemas.avro.TrainingRun;
import io.millrace.schemas.avro.TrainingState;
import io.millrace.trainer.config.TrainingConfig;
import io.millrace.trainer.service.TrainedModel;
import io.millrace.trainer.service.TrainerService;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the trainer alone, or one round of it. */
@Command(
        name = "train",
        description = {
            "Trains the models of the configuration's 'training' entries as labels come in, until it is stopped.",
            "With --once, runs one round of one pipeline's model now, whether it is due or not, and prints the verdict:"
                    + " exit code 0 when there is one, whatever it says, 1 when the round failed."
        },
        footer = {
            "  millrace train --config millrace.yaml --bootstrap-servers broker:9092",
            "  millrace train --once fraud",
            "  millrace train --once fraud --json"
        })
final class TrainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--once", paramLabel = "PIPELINE", description = "Run one round of this pipeline's model, and end.")
    private @Nullable String once;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws InterruptedException {
        MillraceConfig config = connection.config();
        if (once != null) {
            return runOnce(config, once);
        }
        if (!config.kafka().containsKey("bootstrap.servers")) {
            throw new WrongUseException("'train' needs a broker: set kafka.bootstrap.servers or give"
                    + " --bootstrap-servers; 'up' starts one of its own, and trains too");
        }
        if (config.training().isEmpty()) {
            throw new WrongUseException(
                    "there is nothing to train: the configuration has no 'training' entries, such as"
                            + " 'training: [{ pipeline: fraud }]'");
        }
        serve(config);
        return 0;
    }

    private void serve(MillraceConfig config) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        try (Stopping stopping = Stopping.onSignal();
                BrokerConnection broker = connection.connect(config);
                TrainerHost host = new TrainerHost(config, broker.client())) {
            stopping.tell(stopped::countDown);
            host.start();
            PrintWriter out = spec.commandLine().getOut();
            out.println("Training; Ctrl-C stops it.");
            config.training()
                    .forEach(entry -> out.println("  pipeline   " + entry.pipeline() + ", model "
                            + config.pipeline(entry.pipeline()).model() + ": " + RunTexts.triggers(entry.every())));
            out.flush();
            stopped.await();
        }
    }

    private int runOnce(MillraceConfig config, String pipeline) {
        // Without an entry of its own, a pipeline is trained with the defaults.
        TrainingConfig training = config.training(config.pipeline(pipeline).name())
                .orElseGet(() -> TrainingConfig.of(pipeline, null, null, null, null, null, null, null));
        TrainedModel model = TrainerHost.model(config, training);
        TrainingRun run;
        try (BrokerConnection broker = connection.connect(config);
                RoundLines progress = new RoundLines(spec.commandLine().getErr())) {
            TrainerHost.createTopics(config, broker.client());
            run = TrainerService.runOnce(TrainerHost.settings(config, broker.client()), model, progress)
                    .orElseThrow(() -> new FailedException("model '" + model.model()
                            + "' has no champion to go on from: publish a version first, 'millrace models publish'"));
        }
        RunTexts.print(spec.commandLine().getOut(), run, json.json());
        return run.getState() == TrainingState.FAILED ? 1 : 0;
    }
}
