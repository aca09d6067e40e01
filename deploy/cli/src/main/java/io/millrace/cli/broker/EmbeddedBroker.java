package io.millrace.cli.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.common.Feature;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker and its KRaft controller in this process, reachable at the loopback address only. What it stores
 * stays in its folder and is there again at the next start, also after a kill.
 *
 * <p>Threading: thread-safe once started. Lifecycle: owns threads, sockets and the folder's lock until closed.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final String LOG_FOLDER = "kafka";
    private static final String ENDPOINT_FILE = "broker.endpoint";

    private final Path folder;
    private final int port;
    private final FolderLock lock;
    private final Faults faults;
    private final Metrics metrics;
    private final ControllerServer controller;
    private final BrokerServer broker;
    private boolean closed;

    private EmbeddedBroker(Path folder, int port, int controllerPort, FolderLock lock, ReservedSockets sockets)
            throws IOException {
        this.folder = folder;
        this.port = port;
        this.lock = lock;
        this.faults = new Faults();
        Path logFolder = folder.resolve(LOG_FOLDER);
        formatIfNew(folder, logFolder);
        KafkaConfig config = KafkaConfig.fromProps(BrokerSettings.of(logFolder, port, controllerPort), false);
        var formatted = KafkaRaftServer.initializeLogDirs(config, LoggerFactory.getLogger(EmbeddedBroker.class), "");
        MetaPropertiesEnsemble properties = formatted._1();
        BootstrapMetadata bootstrap = formatted._2();
        this.metrics = Server.initializeMetrics(
                config, Time.SYSTEM, properties.clusterId().orElseThrow());
        SharedServer shared = new SharedServer(
                config,
                properties,
                Time.SYSTEM,
                metrics,
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                QuorumConfig.parseBootstrapServers(config.quorumConfig().bootstrapServers()),
                faults,
                sockets);
        this.broker = new BrokerServer(shared);
        this.controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), bootstrap);
    }

    /**
     * Starts a broker whose data lies in a folder, made if missing.
     *
     * @param port of the loopback address; 0 for a free one
     * @throws BrokerStartException if another broker uses the folder, the port is taken, or Kafka refuses to start
     */
    public static EmbeddedBroker start(Path folder, int port) {
        try {
            Files.createDirectories(folder);
            return startLocked(folder.toAbsolutePath().normalize(), port);
        } catch (IOException e) {
            throw new BrokerStartException("the embedded broker cannot use the folder " + folder + ": " + e, e);
        }
    }

    private static EmbeddedBroker startLocked(Path folder, int port) throws IOException {
        FolderLock lock = FolderLock.take(folder);
        try (ReservedSockets sockets = new ReservedSockets()) {
            EmbeddedBroker broker =
                    new EmbeddedBroker(folder, sockets.reserve(port), sockets.reserve(0), lock, sockets);
            try {
                broker.startServers();
            } catch (RuntimeException | IOException e) {
                broker.close();
                throw e;
            }
            return broker;
        } catch (RuntimeException | IOException e) {
            lock.close();
            throw e;
        }
    }

    private void startServers() throws IOException {
        try {
            controller.startup();
            broker.startup();
        } catch (RuntimeException e) {
            throw new BrokerStartException(
                    "the embedded broker did not start in folder " + folder + ": " + e.getMessage()
                            + "; if the folder is damaged, move it away and start again",
                    e);
        }
        Path file = folder.resolve(ENDPOINT_FILE);
        Path part = folder.resolve(ENDPOINT_FILE + ".part");
        Files.writeString(part, bootstrapServers(), StandardCharsets.US_ASCII);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Where clients connect: {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return BrokerSettings.HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    /** The first fault after which the broker can no longer be relied on. */
    public Optional<Throwable> fault() {
        return Optional.ofNullable(faults.firstFatal());
    }

    /** Where the broker that some process now runs on this folder can be reached; empty if none does. */
    public static Optional<String> runningOn(Path folder) {
        try {
            Path file = folder.resolve(ENDPOINT_FILE);
            return Files.exists(file) && FolderLock.isTaken(folder)
                    ? Optional.of(Files.readString(file, StandardCharsets.US_ASCII))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read where the broker of " + folder + " listens", e);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (lock;
                metrics) {
            Files.deleteIfExists(folder.resolve(ENDPOINT_FILE));
            broker.shutdown();
            controller.shutdown();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the embedded broker of " + folder, e);
        }
    }

    /** Formats aside and moves the whole into place, so that a kill in between leaves no half-formatted folder. */
    private static void formatIfNew(Path folder, Path logFolder) throws IOException {
        if (Files.exists(logFolder)) {
            return;
        }
        Path part = folder.resolve(LOG_FOLDER + ".part");
        deleteTree(part);
        Files.createDirectories(part);
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(part.toString())
                    .setMetadataLogDirectory(part.toString())
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setPrintStream(silent)
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new BrokerStartException("Kafka could not format the folder " + folder + ": " + e.getMessage(), e);
        }
        Files.move(part, logFolder, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Client properties that reach this broker. */
    public Map<String, Object> clientProperties() {
        return Map.of("bootstrap.servers", bootstrapServers());
    }
}
