package io.millrace.inference.feature.state;

/**
 * All that is kept of one key, unpacked. One at a time: {@link #load} turns to a key, {@link #save} writes it back.
 *
 * <p>Threading: confined to one thread. Units: milliseconds.
 */
final class EntityState {
    /** Before any event. Far from the limits of long, so that differences do not overflow. */
    static final long NO_EVENT_MILLIS = Long.MIN_VALUE / 4;

    private static final byte VERSION = 1;
    private static final int LOG_SERIES = 1;
    private static final int PENDING_SERIES = 2;
    private static final int WAITING_SERIES = 3;
    private static final int FIRST_DEQUE_SERIES = 4;
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final EntityPlan plan;
    private final KeyedChunks chunks;
    private final StateReader reader = new StateReader();
    private final StateWriter writer = new StateWriter();
    private final ChunkedLog log;
    private final MaxDeques deques;
    private final Cursors cursors;
    private final LabelRuns runs;
    private final LabelBook labels;
    private final Histories histories;
    private final long keepMillis;
    private long headMillis;
    /** When the first chunk's last entry was, so that the chunk need not be read to see whether it can go. */
    private long firstChunkLastMillis;

    EntityState(EntityPlan plan, StateBytes store, long latenessMillis, int chunkEntries) {
        this.plan = plan;
        this.keepMillis = plan.reachMillis() + latenessMillis;
        this.chunks = new KeyedChunks(store);
        this.log = new ChunkedLog(chunks, LOG_SERIES, plan.entryWidth(), chunkEntries);
        this.deques = new MaxDeques(plan, log, chunks, FIRST_DEQUE_SERIES, chunkEntries);
        this.runs = new LabelRuns(plan, log);
        this.cursors = new Cursors(plan, log, this::passed);
        this.histories = new Histories(plan.histories());
        this.labels = new LabelBook(log, cursors, runs, chunks, PENDING_SERIES, WAITING_SERIES, chunkEntries);
        clear(); // a set without labels never reads them, and must not find them due
    }

    private void passed(int edge, long number, long entryMillis) {
        deques.enter(edge, number, entryMillis);
        runs.passed(edge, number, entryMillis);
    }

    ChunkedLog log() {
        return log;
    }

    MaxDeques deques() {
        return deques;
    }

    Cursors cursors() {
        return cursors;
    }

    LabelRuns runs() {
        return runs;
    }

    Histories histories() {
        return histories;
    }

    LabelBook labels() {
        return labels;
    }

    /** The time of the key's latest event. */
    long headMillis() {
        return headMillis;
    }

    /** Entries of this time and before are as if they were not there. */
    long keptAfterMillis() {
        return headMillis - keepMillis;
    }

    void advanceTo(long timeMillis) {
        headMillis = timeMillis;
    }

    void load(String key) {
        chunks.select(key);
        byte[] header = chunks.header();
        if (header == null) {
            clear();
            return;
        }
        reader.reset(header);
        int version = reader.readByte();
        if (version != VERSION) {
            throw new IllegalStateException("the feature state of '" + key + "' has format " + version
                    + ", this program reads " + VERSION
                    + "; run the program that wrote it, or start with a new application id");
        }
        if (reader.readShort() != plan.fingerprint()) {
            throw new IllegalStateException("the feature state of '" + key
                    + "' was built for another feature set; serve that set, or start with a new application id");
        }
        headMillis = reader.readLong();
        log.readFrom(reader);
        firstChunkLastMillis = log.hasChunks() ? readFirstChunkLast() : UNKNOWN;
        cursors.readFrom(reader, headMillis);
        deques.readFrom(reader);
        histories.readFrom(reader);
        if (plan.isLabelled()) {
            labels.readFrom(reader, headMillis);
            runs.readFrom(reader, headMillis);
        }
    }

    private long readFirstChunkLast() {
        return reader.readByte() == 0 ? UNKNOWN : headMillis - reader.readDifference();
    }

    private void clear() {
        headMillis = NO_EVENT_MILLIS;
        firstChunkLastMillis = UNKNOWN;
        log.clear();
        cursors.clear();
        deques.clear();
        histories.clear();
        runs.clear();
        labels.clear();
    }

    void save() {
        writer.reset();
        writer.writeByte(VERSION);
        writer.writeShort(plan.fingerprint());
        writer.writeLong(headMillis);
        log.writeTo(writer);
        if (log.hasChunks()) {
            writer.writeByte(firstChunkLastMillis == UNKNOWN ? 0 : 1);
            if (firstChunkLastMillis != UNKNOWN) {
                writer.writeDifference(headMillis - firstChunkLastMillis);
            }
        }
        cursors.writeTo(writer, headMillis);
        deques.writeTo(writer);
        histories.writeTo(writer);
        if (plan.isLabelled()) {
            labels.writeTo(writer, headMillis);
            runs.writeTo(writer, headMillis);
        }
        chunks.putHeader(writer.toBytes());
    }

    /** Puts an entry at its place in the log and answers its number. */
    long insert(long entryMillis, byte[] entry) {
        if (entryMillis >= headMillis) {
            log.append(entry);
            return log.end() - 1;
        }
        long number = log.firstAfter(entryMillis, cursors.near(entryMillis, headMillis));
        log.insert(number, entry);
        // The last entry of the first chunk can only have become an earlier one: what is known of it still holds the
        // chunk.
        return number;
    }

    /** Lets go of all that no event can see any more. */
    void expire() {
        long keptAfterMillis = keptAfterMillis();
        while (log.hasChunks()) {
            if (firstChunkLastMillis == UNKNOWN) {
                firstChunkLastMillis = log.time(log.firstChunkEnd() - 1);
            }
            if (firstChunkLastMillis > keptAfterMillis) {
                break;
            }
            log.removeFirstChunk();
            firstChunkLastMillis = UNKNOWN;
        }
        while (!log.hasChunks() && !log.isEmpty() && log.time(log.start()) <= keptAfterMillis) {
            log.removeFirst();
        }
        deques.expire(headMillis);
        labels.expire(keptAfterMillis);
    }
}
