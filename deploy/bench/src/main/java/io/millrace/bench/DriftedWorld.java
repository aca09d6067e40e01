package io.millrace.bench;

import io.millrace.cli.simulate.SimulatedTransaction;
import io.millrace.cli.simulate.TransactionSimulator;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Label;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Simulated transactions on their way to the built-in pipeline, in a world where amounts have become frauds that were
 * harmless when the shipped model was made.
 *
 * <p>Threading: confined to one thread. Lifecycle: owns a producer until {@link #close}.
 */
final class DriftedWorld implements AutoCloseable {
    private static final double NEW_FRAUD_AMOUNT = 150;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LABEL_DELAY = Duration.ofDays(7);

    private final TransactionSimulator simulator;
    private final SingleObject<Label> labels = SingleObject.of(Label.class, SchemaStore.ofOwn());
    private final KafkaProducer<byte[], byte[]> producer;

    DriftedWorld(String servers, TransactionSimulator simulator) {
        this.simulator = simulator;
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Sends the next transactions, and answers them. */
    List<SimulatedTransaction> sendTransactions(int count) {
        List<SimulatedTransaction> sent = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            SimulatedTransaction transaction = simulator.next();
            send("transactions", "c" + transaction.customer(), json(transaction).getBytes(StandardCharsets.UTF_8));
            sent.add(transaction);
        }
        producer.flush();
        return sent;
    }

    /** Tells what these turned out to be. */
    void sendLabels(List<SimulatedTransaction> transactions) {
        for (SimulatedTransaction transaction : transactions) {
            boolean fraud = transaction.fraud() || transaction.amount() > NEW_FRAUD_AMOUNT;
            Label label = new Label(
                    id(transaction),
                    fraud ? "FRAUD" : "LEGITIMATE",
                    time(transaction).plus(LABEL_DELAY),
                    time(transaction),
                    "bench",
                    1.0,
                    false);
            send("feedback", id(transaction), labels.encode(label));
        }
        producer.flush();
    }

    private void send(String topic, String key, byte[] value) {
        Future<RecordMetadata> unused =
                producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
    }

    private static String id(SimulatedTransaction transaction) {
        return "t" + transaction.id();
    }

    private static Instant time(SimulatedTransaction transaction) {
        return START.plusSeconds(transaction.timeSeconds());
    }

    private static String json(SimulatedTransaction transaction) {
        return "{\"transaction_id\":\"" + id(transaction) + "\",\"event_time\":\"" + time(transaction)
                + "\",\"customer_id\":\"c" + transaction.customer() + "\",\"terminal_id\":\"m" + transaction.terminal()
                + "\",\"amount\":" + transaction.amount() + "}";
    }

    @Override
    public void close() {
        producer.close();
    }
}
