package io.millrace.bench.arena;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.broker.BrokerConnection;
import io.millrace.cli.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A Kafka broker in a JVM of its own, so that its work and its garbage are not the measured process's.
 *
 * <p>Threading: thread-safe once started. Lifecycle: the broker ends with {@link #close}; the folder is the caller's.
 */
public final class BrokerProcess implements AutoCloseable {
    /** Of the JVM. */
    public static final List<String> JVM_OPTIONS = List.of("-Xms1g", "-Xmx1g");

    private static final Duration START = Duration.ofMinutes(2);

    private final ChildJvm child;
    private final String bootstrapServers;

    private BrokerProcess(ChildJvm child, String bootstrapServers) {
        this.child = child;
        this.bootstrapServers = bootstrapServers;
    }

    /** Starts a broker whose data lies in a folder, made if missing, beside its log. */
    public static BrokerProcess start(Path folder) throws InterruptedException {
        BrokerConnection.muteLoopbackWarnings();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the broker's folder " + folder, e);
        }
        ChildJvm child = ChildJvm.start("broker", ChildJvm.Launch.of(BrokerProcess.class, JVM_OPTIONS), folder);
        try {
            JsonNode answer = child.ask(Map.of("folder", folder.toString()), START);
            return new BrokerProcess(child, answer.get("bootstrap").asText());
        } catch (RuntimeException | InterruptedException failure) {
            child.close();
            throw failure;
        }
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Properties for clients. */
    public Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", bootstrapServers);
    }

    public long pid() {
        return child.pid();
    }

    @Override
    public void close() {
        child.close();
    }

    /** Where the broker's process begins. */
    public static void main(String[] arguments) throws IOException {
        ChildMain.serve(request -> {
            EmbeddedBroker broker =
                    EmbeddedBroker.start(Path.of(request.get("folder").asText()), 0);
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "millrace-broker-close"));
            return Map.of("bootstrap", broker.bootstrapServers());
        });
    }
}
