package io.millrace.cli.command;

import io.millrace.cli.broker.BrokerConnection;
import io.millrace.cli.config.ConnectionOptions;
import io.millrace.cli.config.MillraceConfig;
import io.millrace.cli.output.FailedException;
import io.millrace.cli.output.WrongUseException;
import io.millrace.cli.serve.Stopping;
import io.millrace.cli.serve.StreamHost;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the stream alone, for production. */
@Command(
        name = "stream",
        description = {
            "Runs the stream alone against a Kafka cluster; start as many as you like, they share the partitions.",
            "Waits for a model when none is published yet."
        },
        footer = {
            "  millrace stream --config millrace.yaml",
            "  millrace stream --config millrace.yaml --bootstrap-servers broker:9092"
        })
final class StreamCommand implements Callable<Integer> {
    @Mixin
    private ConnectionOptions connection;

    @Override
    public Integer call() throws InterruptedException {
        MillraceConfig config = connection.config();
        if (!config.kafka().containsKey("bootstrap.servers")) {
            throw new WrongUseException(
                    "'stream' needs a broker: set kafka.bootstrap.servers or give --bootstrap-servers; "
                            + "'up' starts one of its own");
        }
        try (Stopping stopping = Stopping.onSignal();
                BrokerConnection broker = connection.connect(config);
                StreamHost host = new StreamHost(config, broker.client())) {
            stopping.tell(host::stop);
            host.start();
            if (!host.awaitStop() && !stopping.requested()) {
                throw new FailedException("all pipelines stopped after repeated failures: the messages above say why");
            }
        }
        return 0;
    }
}
