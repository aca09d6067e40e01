package io.millrace.cli.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * The broker that a command works with: the configured one; else the embedded one that another process runs on the data
 * folder; else an embedded one of its own, for as long as the command takes.
 *
 * <p>Threading: thread-safe. Lifecycle: closes the embedded broker that it started.
 */
public final class BrokerConnection implements AutoCloseable {

    private static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    private static final Duration KNOCK = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final Map<String, Object> client;
    private final @Nullable EmbeddedBroker embedded;
    private final String description;

    private BrokerConnection(Map<String, Object> client, @Nullable EmbeddedBroker embedded, String description) {
        this.client = Map.copyOf(client);
        this.embedded = embedded;
        this.description = description;
    }

    /**
     * Connects, and starts a broker where none is configured or running.
     *
     * @param kafka client properties as configured; with {@code bootstrap.servers} no broker is started
     * @param dataFolder of the embedded broker
     * @param port of an embedded broker that is started here; 0 for a free one
     * @throws BrokerUnreachableException if the configured broker does not answer
     * @throws BrokerStartException if an embedded broker cannot start
     */
    public static BrokerConnection open(Map<String, ?> kafka, Path dataFolder, int port) {
        Map<String, Object> client = new HashMap<>(kafka);
        Object configured = kafka.get(BOOTSTRAP_SERVERS);
        if (configured != null) {
            requireAnswer(client, configured.toString());
            return new BrokerConnection(client, null, configured.toString());
        }
        muteLoopbackWarnings();
        Optional<String> running = EmbeddedBroker.runningOn(dataFolder);
        if (running.isPresent()) {
            client.put(BOOTSTRAP_SERVERS, running.get());
            return new BrokerConnection(client, null, running.get() + " (embedded, run by another process)");
        }
        EmbeddedBroker broker = EmbeddedBroker.start(dataFolder, port);
        client.put(BOOTSTRAP_SERVERS, broker.bootstrapServers());
        return new BrokerConnection(
                client, broker, broker.bootstrapServers() + " (embedded, data in " + dataFolder + ")");
    }

    /** Properties for every kind of client. */
    public Map<String, Object> client() {
        return client;
    }

    /** Where the broker is, and what kind of broker it is, for messages. */
    public String description() {
        return description;
    }

    /** The broker that this connection started. */
    public Optional<EmbeddedBroker> embedded() {
        return Optional.ofNullable(embedded);
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }

    private static void requireAnswer(Map<String, Object> client, String servers) {
        String problem = Reachability.problem(servers, KNOCK);
        if (!problem.isEmpty()) {
            throw new BrokerUnreachableException("no Kafka broker answers at " + servers + " (" + problem
                    + "): start it, or correct bootstrap.servers; without bootstrap.servers an embedded broker starts");
        }
        try (Admin admin = Admin.create(client)) {
            admin.describeCluster().clusterId().get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new BrokerUnreachableException(
                    "what listens at " + servers + " does not answer as a Kafka broker (" + cause
                            + "): check the security settings under 'kafka:' in the configuration",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnreachableException("interrupted while connecting to " + servers, e);
        }
    }

    /** When an embedded broker stops, its own clients warn of it, which tells nobody anything. */
    public static void muteLoopbackWarnings() {
        System.setProperty("org.slf4j.simpleLogger.log.org.apache.kafka.clients.NetworkClient", "error");
    }
}
