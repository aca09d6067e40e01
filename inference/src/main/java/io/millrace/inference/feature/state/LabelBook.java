package io.millrace.inference.feature.state;

/**
 * The labels of a key's events. A label goes into the entry of its event once the key's time has come to when it was
 * labelled; until then it is pending. A label that finds no event waits, as long as its event could still be counted.
 *
 * <p>Threading: confined to one thread. Units: milliseconds.
 */
final class LabelBook {
    private static final int EVENT_TIME = Long.BYTES;
    private static final int WORD = Long.BYTES;
    private static final int PENDING_WORD = 2 * Long.BYTES;
    private static final int PENDING_ID_HASH = 3 * Long.BYTES;
    private static final int WAITING_ID_HASH = 2 * Long.BYTES;
    private static final long NOTHING_DUE = Long.MAX_VALUE;

    private final ChunkedLog log;
    private final Cursors cursors;
    private final LabelRuns runs;
    /** By when they were labelled. */
    private final ChunkedLog pending;
    /** By the time of their events. */
    private final ChunkedLog waiting;

    private final byte[] pendingEntry = new byte[PENDING_ID_HASH + Integer.BYTES];
    private final byte[] waitingEntry = new byte[WAITING_ID_HASH + Integer.BYTES];
    private long nextDueMillis;
    private long lastLabelledMillis;

    LabelBook(
            ChunkedLog log,
            Cursors cursors,
            LabelRuns runs,
            KeyedChunks chunks,
            int pendingSeries,
            int waitingSeries,
            int chunkEntries) {
        this.log = log;
        this.cursors = cursors;
        this.runs = runs;
        this.pending = new ChunkedLog(chunks, pendingSeries, pendingEntry.length, chunkEntries);
        this.waiting = new ChunkedLog(chunks, waitingSeries, waitingEntry.length, chunkEntries);
    }

    void clear() {
        pending.clear();
        waiting.clear();
        nextDueMillis = NOTHING_DUE;
        lastLabelledMillis = Long.MIN_VALUE;
    }

    void readFrom(StateReader header, long headMillis) {
        pending.readFrom(header);
        waiting.readFrom(header);
        nextDueMillis = pending.isEmpty() ? NOTHING_DUE : headMillis + header.readDifference();
        lastLabelledMillis = header.readByte() == 0 ? Long.MIN_VALUE : headMillis - header.readDifference();
    }

    void writeTo(StateWriter header, long headMillis) {
        pending.writeTo(header);
        waiting.writeTo(header);
        if (!pending.isEmpty()) {
            header.writeDifference(nextDueMillis - headMillis);
        }
        if (lastLabelledMillis == Long.MIN_VALUE) {
            header.writeByte(0);
        } else {
            header.writeByte(1);
            header.writeDifference(headMillis - lastLabelledMillis);
        }
    }

    /** The latest time that any label was labelled at that a feature depends on. */
    long lastLabelledMillis() {
        return lastLabelledMillis;
    }

    /** Keeps a label until it is due. */
    void defer(long eventMillis, int idHash, long word) {
        long dueMillis = LabelWord.labelledAtMillis(word);
        Binary.putLong(pendingEntry, 0, dueMillis);
        Binary.putLong(pendingEntry, EVENT_TIME, eventMillis);
        Binary.putLong(pendingEntry, PENDING_WORD, word);
        Binary.putInt(pendingEntry, PENDING_ID_HASH, idHash);
        pending.insert(pending.firstAfter(dueMillis, pending.end()), pendingEntry);
        nextDueMillis = Math.min(nextDueMillis, dueMillis);
    }

    /**
     * Puts labels in force that are due at the given time.
     *
     * @param headMillis where the windows stand
     */
    void applyDue(long timeMillis, long headMillis, long keptAfterMillis) {
        while (nextDueMillis <= timeMillis) {
            long first = pending.start();
            long eventMillis = pending.getLong(first, EVENT_TIME);
            if (eventMillis > keptAfterMillis) {
                apply(
                        eventMillis,
                        pending.getInt(first, PENDING_ID_HASH),
                        pending.getLong(first, PENDING_WORD),
                        headMillis);
            }
            pending.removeFirst();
            if (pending.isEmpty()) {
                pending.clear();
                nextDueMillis = NOTHING_DUE;
            } else {
                nextDueMillis = pending.time(pending.start());
            }
        }
    }

    /** Puts a label in force, and answers whether that changed anything that the header holds. */
    boolean apply(long eventMillis, int idHash, long word, long headMillis) {
        boolean matters = LabelWord.isPositive(word) || !runs.isEmpty();
        if (matters) {
            lastLabelledMillis = Math.max(lastLabelledMillis, LabelWord.labelledAtMillis(word));
        }
        long number = log.firstAfter(eventMillis, cursors.near(eventMillis, headMillis)) - 1;
        while (number >= log.start() && log.time(number) == eventMillis) {
            if (log.getInt(number, EntityPlan.ID_HASH) == idHash) {
                return relabel(number, word) || matters || log.isInTail(number);
            }
            number--;
        }
        Binary.putLong(waitingEntry, 0, eventMillis);
        Binary.putLong(waitingEntry, WORD, word);
        Binary.putInt(waitingEntry, WAITING_ID_HASH, idHash);
        waiting.insert(waiting.firstAfter(eventMillis, waiting.end()), waitingEntry);
        return true;
    }

    private boolean relabel(long number, long label) {
        long older = log.getLong(number, EntityPlan.LABEL);
        long word = LabelWord.successor(label, older);
        if (older == word || !LabelWord.replaces(word, older)) {
            return false;
        }
        log.setLong(number, EntityPlan.LABEL, word);
        int change = (LabelWord.isPositive(word) ? 1 : 0) - (LabelWord.isPositive(older) ? 1 : 0);
        if (change != 0) {
            cursors.relabelled(number, change);
        }
        runs.relabelled(number, older, word, cursors);
        return change != 0;
    }

    /** What is known of an event that has only now come. */
    long waitingFor(long eventMillis, int idHash, boolean explained) {
        long known = LabelWord.unlabelled(explained);
        if (waiting.isEmpty()) {
            return known;
        }
        // From the oldest on, as they came: of two labelled at one time the later to come is in force.
        long number = waiting.firstAfter(eventMillis - 1, waiting.end());
        for (; number < waiting.end() && waiting.time(number) == eventMillis; number++) {
            long word = waiting.getLong(number, WORD);
            if (waiting.getInt(number, WAITING_ID_HASH) == idHash && LabelWord.replaces(word, known)) {
                known = LabelWord.successor(word, known);
            }
        }
        return known;
    }

    /** Lets go of labels whose events can no longer be counted. */
    void expire(long keptAfterMillis) {
        while (!waiting.isEmpty() && waiting.time(waiting.start()) <= keptAfterMillis) {
            waiting.removeFirst();
        }
        if (waiting.isEmpty()) {
            waiting.clear();
        }
    }
}
