package io.millrace.cli.command;

import io.millrace.cli.broker.BrokerConnection;
import io.millrace.cli.config.ConnectionOptions;
import io.millrace.cli.config.MillraceConfig;
import io.millrace.cli.output.FailedException;
import io.millrace.cli.serve.Stopping;
import io.millrace.cli.serve.StreamHost;
import io.millrace.cli.serve.TrainerHost;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.config.PipelineConfig;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts everything in one process. */
@Command(
        name = "up",
        description = {
            "Starts everything in one process: a broker when none is configured, the stream, and the" + " trainer.",
            "Models that have no version yet are published from their bundle. Stop it with Ctrl-C; the data stay."
        },
        footer = {
            "  millrace up",
            "  millrace up --port 9092 --data /var/lib/millrace",
            "  millrace up --config deploy/examples/handbook.yaml"
        })
final class UpCommand implements Callable<Integer> {
    private static final Duration START_PATIENCE = Duration.ofMinutes(5);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Port of the embedded broker on 127.0.0.1; 0 for a free one. Default: ${DEFAULT-VALUE}")
    private int port;

    @Override
    public Integer call() throws InterruptedException {
        MillraceConfig config = connection.config();
        try (Stopping stopping = Stopping.onSignal();
                BrokerConnection broker = connection.connect(config, port);
                StreamHost host = new StreamHost(config, broker.client());
                TrainerHost trainer = new TrainerHost(config, broker.client())) {
            stopping.tell(host::stop);
            host.start();
            Set<String> missing = host.publishFirst(this::step);
            for (PipelineConfig pipeline : config.pipelines()) {
                if (!missing.contains(pipeline.model())
                        && !host.awaitRunning(pipeline.name(), START_PATIENCE)
                        && !stopping.requested()) {
                    throw new FailedException("pipeline '" + pipeline.name() + "' does not run; it is "
                            + host.app().state(pipeline.name()) + ": 'millrace doctor' says what is wrong");
                }
            }
            trainer.start();
            print(spec.commandLine().getOut(), config, broker, host);
            if (!host.awaitStop()) {
                throw new FailedException("all pipelines stopped after repeated failures: the messages above say why");
            }
        }
        return 0;
    }

    private void step(String words) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(words);
        err.flush();
    }

    private static void print(PrintWriter out, MillraceConfig config, BrokerConnection broker, StreamHost host) {
        out.println("Millrace is up; Ctrl-C stops it.");
        out.println("  broker     " + broker.description());
        out.println("  device     " + host.app().device().kind() + ", "
                + host.app().device().reason());
        for (PipelineConfig pipeline : config.pipelines()) {
            String model = host.app()
                    .serving(pipeline.name())
                    .map(Object::toString)
                    .orElse("no model yet: 'millrace models publish' gives it one");
            out.println("  pipeline   " + pipeline.name() + ", scored by " + model);
            out.println("    reads    " + pipeline.input().topic() + " ("
                    + pipeline.input().format().name().toLowerCase(Locale.ROOT) + ")"
                    + (pipeline.labels() == null
                            ? ""
                            : ", labels from " + pipeline.labels().topic()));
            out.println("    writes   " + TopicCatalogue.scores(pipeline.name())
                    + (pipeline.readsTexts() ? "" : ", " + TopicCatalogue.alerts(pipeline.name()))
                    + (pipeline.feed() == null ? "" : ", " + TopicCatalogue.feed(pipeline.name()))
                    + "; what cannot be scored: "
                    + TopicCatalogue.DEAD_LETTERS);
            config.training(pipeline.name())
                    .ifPresent(training -> out.println("    trains   " + RunTexts.triggers(training.every())));
        }
        out.flush();
    }
}
