package io.millrace.bench.arena;

import io.millrace.cli.simulate.SimulatedTransaction;
import io.millrace.cli.simulate.SimulationSettings;
import io.millrace.cli.simulate.TransactionSimulator;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Simulated transactions in Avro, keyed by customer, in the order of time.
 *
 * <p>Threading: immutable. Same settings, same bytes.
 */
public record FraudLoad(SimulationSettings world) {
    /** As many days as there may be before event times would lie in the future. */
    private static final int DAYS = 3_000;

    /** The world of the handbook, 5,000 customers and 10,000 terminals, about 9,500 transactions a day. */
    public static FraudLoad standard(long seed) {
        return of(SimulationSettings.STANDARD.customers(), SimulationSettings.STANDARD.terminals(), seed);
    }

    /** A world of another size. */
    public static FraudLoad of(int customers, int terminals, long seed) {
        SimulationSettings standard = SimulationSettings.STANDARD;
        return new FraudLoad(
                new SimulationSettings(customers, terminals, DAYS, standard.radius(), seed, standard.start()));
    }

    /** Makes a topic and fills it with the first transactions. */
    public void fill(Map<String, Object> kafka, String topic, int partitions, long count, LongConsumer progress)
            throws InterruptedException {
        TopicFiller.create(kafka, topic, partitions);
        TopicFiller.fill(kafka, topic, records(), count, progress);
    }

    /** The transactions as records, one after the other; as many as the world's days have. */
    public Iterator<KeyedRecord> records() {
        SingleObject<Transaction> codec = SingleObject.of(Transaction.class, SchemaStore.ofOwn());
        TransactionSimulator simulator = new TransactionSimulator(world);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return simulator.hasNext();
            }

            @Override
            public KeyedRecord next() {
                Transaction transaction = avro(simulator.next());
                return new KeyedRecord(
                        transaction.getCustomerId().getBytes(StandardCharsets.UTF_8), codec.encode(transaction));
            }
        };
    }

    private Transaction avro(SimulatedTransaction simulated) {
        return new Transaction(
                EventIds.of(simulated.id()),
                Instant.ofEpochMilli(timeMillis(simulated)),
                customer(simulated),
                terminal(simulated),
                simulated.amount());
    }

    long timeMillis(SimulatedTransaction simulated) {
        long startMillis =
                world.start().atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
        return startMillis + Duration.ofSeconds(simulated.timeSeconds()).toMillis();
    }

    static String customer(SimulatedTransaction simulated) {
        return "c" + simulated.customer();
    }

    static String terminal(SimulatedTransaction simulated) {
        return "m" + simulated.terminal();
    }
}
