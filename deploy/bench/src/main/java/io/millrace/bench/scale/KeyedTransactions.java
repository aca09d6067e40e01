package io.millrace.bench.scale;

import io.millrace.bench.arena.EventIds;
import io.millrace.bench.arena.KeyedRecord;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Transactions in Avro of so many customers and as many terminals, one a fixed time after the other. Each key comes once
 * at first; from then on chance chooses. A simulated world would do, but takes time that grows with customers times
 * terminals.
 *
 * <p>Threading: confined to one thread. Units: milliseconds since 1970-01-01 UTC. Same sizes, same bytes.
 */
final class KeyedTransactions implements Iterator<KeyedRecord> {
    /** So long ago that decades of events lie before the present. */
    private static final long START_MILLIS =
            Instant.parse("1971-01-01T00:00:00Z").toEpochMilli();

    /** So many milliseconds of events may there be. */
    static final double MOST_MILLIS = Duration.ofDays(50 * 365).toMillis();

    private static final long CUSTOMERS = 1;
    private static final long TERMINALS = 2;
    private static final long AMOUNTS = 3;
    private static final long CENTS = 20_000;

    private final SingleObject<Transaction> codec = SingleObject.of(Transaction.class, SchemaStore.ofOwn());
    private final long keys;
    private final double gapMillis;
    private long number;

    /**
     * @param keys of customers, and of terminals
     * @param gapMillis from an event to the next
     */
    KeyedTransactions(long keys, double gapMillis) {
        if (keys < 1 || !(gapMillis > 0)) {
            throw new IllegalArgumentException(
                    "at least 1 key and a gap above 0 are needed, were " + keys + " and " + gapMillis);
        }
        this.keys = keys;
        this.gapMillis = gapMillis;
    }

    @Override
    public boolean hasNext() {
        return timeMillis(number) < System.currentTimeMillis();
    }

    @Override
    public KeyedRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException("after " + number + " events the next would lie in the future");
        }
        String customer = name('c', key(CUSTOMERS));
        Transaction transaction = new Transaction(
                EventIds.of(number),
                Instant.ofEpochMilli(timeMillis(number)),
                customer,
                name('m', key(TERMINALS)),
                (1 + Long.remainderUnsigned(mixed(number, AMOUNTS), CENTS)) / 100.0);
        number++;
        return new KeyedRecord(customer.getBytes(StandardCharsets.UTF_8), codec.encode(transaction));
    }

    /** How many were made. */
    long made() {
        return number;
    }

    private long timeMillis(long event) {
        return START_MILLIS + (long) (event * gapMillis);
    }

    private long key(long kind) {
        return number < keys ? number : Long.remainderUnsigned(mixed(number, kind), keys);
    }

    /** Names are spread as real ones are: neighbours in time are none in the store. */
    private static String name(char kind, long key) {
        return kind + String.format("%016x", mixed(key, kind));
    }

    /** The finaliser of SplitMix64: a fixed choice that looks like chance. */
    private static long mixed(long value, long kind) {
        long mixed = (value + 1) * 0x9E3779B97F4A7C15L + kind * 0xD1B54A32D192ED03L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
