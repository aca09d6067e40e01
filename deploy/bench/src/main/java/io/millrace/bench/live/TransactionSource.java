package io.millrace.bench.live;

import io.millrace.bench.arena.EventIds;
import io.millrace.bench.arena.KeyedRecord;
import io.millrace.cli.simulate.SimulatedTransaction;
import io.millrace.cli.simulate.SimulationSettings;
import io.millrace.cli.simulate.TransactionSimulator;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Card transactions of the simulated world without end, in Avro and keyed by their customer. They are made up
 * beforehand, since the simulator makes a whole day at once, and a load must not wait for that; when they run out they
 * come again under new ids, on the days that follow.
 *
 * <p>Threading: immutable. The same for the same settings.
 */
public final class TransactionSource {
    private static final SimulationSettings WORLD = SimulationSettings.STANDARD;
    private static final Instant START =
            WORLD.start().atStartOfDay(ZoneOffset.UTC).toInstant();
    private static final long DAY_SECONDS = 86_400;

    private final List<SimulatedTransaction> transactions;
    private final long lapSeconds;
    private final SingleObject<Transaction> codec = SingleObject.of(Transaction.class, SchemaStore.ofOwn());

    private TransactionSource(List<SimulatedTransaction> transactions) {
        this.transactions = transactions;
        long lastSeconds = transactions.get(transactions.size() - 1).timeSeconds();
        this.lapSeconds = (lastSeconds / DAY_SECONDS + 1) * DAY_SECONDS;
    }

    /** Makes up so many, or as many as half a year has. */
    public static TransactionSource of(int count) {
        TransactionSimulator simulator = new TransactionSimulator(WORLD);
        List<SimulatedTransaction> made = new ArrayList<>(count);
        while (made.size() < count && simulator.hasNext()) {
            made.add(simulator.next());
        }
        return new TransactionSource(made);
    }

    /** The transactions from the first on. */
    public Iterator<KeyedRecord> records() {
        return new Iterator<>() {
            private long number;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public KeyedRecord next() {
                return record(number++);
            }
        };
    }

    private KeyedRecord record(long number) {
        SimulatedTransaction of = transactions.get((int) (number % transactions.size()));
        long laterSeconds = number / transactions.size() * lapSeconds;
        String customer = "c" + of.customer();
        Transaction transaction = new Transaction(
                EventIds.of(number),
                START.plusSeconds(of.timeSeconds() + laterSeconds),
                customer,
                "m" + of.terminal(),
                of.amount());
        return new KeyedRecord(customer.getBytes(StandardCharsets.UTF_8), codec.encode(transaction));
    }
}
