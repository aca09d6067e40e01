package io.millrace.cli.config;

import io.millrace.cli.broker.BrokerConnection;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Mixed into every command that needs the configuration or a broker. */
public final class ConnectionOptions {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The YAML configuration; without it one fraud pipeline over JSON on an embedded broker.")
    private @Nullable Path file;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "The Kafka brokers to use, whatever the configuration says.")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Where the embedded broker and the stream keep their data; millrace-data by default.")
    private @Nullable Path data;

    /** The configuration, with what the options change in it. */
    public MillraceConfig config() {
        MillraceConfig config = file == null ? MillraceConfig.builtIn() : MillraceConfig.load(file);
        if (data != null) {
            config = config.withData(data.toAbsolutePath().normalize());
        }
        return bootstrapServers == null ? config : config.withKafka("bootstrap.servers", bootstrapServers);
    }

    /** Connects to the configured broker, or to an embedded one on a free port. */
    public BrokerConnection connect(MillraceConfig config) {
        return connect(config, 0);
    }

    /** Connects to the configured broker, or to an embedded one that listens on the port if it must be started. */
    public BrokerConnection connect(MillraceConfig config, int port) {
        return BrokerConnection.open(config.kafka(), config.data(), port);
    }
}
