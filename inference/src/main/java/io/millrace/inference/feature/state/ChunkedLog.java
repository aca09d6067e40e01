package io.millrace.inference.feature.state;

/**
 * Entries of one width, sorted by the time that each begins with, and numbered from the first that ever was. The newest
 * lie in the header, the tail; when it is full it becomes a chunk of the store. So an append writes no chunk but once in
 * a while, and a place in the log is found by arithmetic.
 *
 * <pre>
 * chunk 4      chunk 5      tail
 * [. . a b] -> [c d e f] -> [g h]     a is number 18, start; h is number 25, end is 26
 * </pre>
 *
 * <p>An insert before the end moves all that follow by one place: its cost grows with the entries after it.
 *
 * <p>Threading: confined to one thread. Units: milliseconds for times. Lifecycle: holds one key at a time; read from its
 * header and written back.
 */
final class ChunkedLog {
    private static final byte VERSION = 1;
    private static final int FIRST_ENTRY = 1;

    private final KeyedChunks chunks;
    private final byte series;
    private final int width;
    private final int chunkEntries;
    private final byte[] tail;
    private long start;
    private long tailStart;
    private int tailCount;

    ChunkedLog(KeyedChunks chunks, int series, int width, int chunkEntries) {
        this.chunks = chunks;
        this.series = (byte) series;
        this.width = width;
        this.chunkEntries = chunkEntries;
        this.tail = new byte[width * chunkEntries];
    }

    void clear() {
        start = 0;
        tailStart = 0;
        tailCount = 0;
    }

    void readFrom(StateReader header) {
        start = header.readCount();
        long end = start + header.readCount();
        tailCount = (int) header.readCount();
        tailStart = end - tailCount;
        int dead = deadInTail();
        header.readBytes(tail, dead * width, (tailCount - dead) * width);
    }

    void writeTo(StateWriter header) {
        header.writeCount(start);
        header.writeCount(end() - start);
        header.writeCount(tailCount);
        int dead = deadInTail();
        header.writeBytes(tail, dead * width, (tailCount - dead) * width);
    }

    private int deadInTail() {
        return (int) Math.max(0, start - tailStart);
    }

    /** Number of the first entry that is still there. */
    long start() {
        return start;
    }

    /** One more than the number of the last entry. */
    long end() {
        return tailStart + tailCount;
    }

    boolean isEmpty() {
        return start == end();
    }

    /** Whether entries lie in chunks, before the tail. */
    boolean hasChunks() {
        return start < tailStart;
    }

    /** Whether the entry lies in the header, not in a chunk. */
    boolean isInTail(long number) {
        return number >= tailStart;
    }

    /** One more than the number of the last entry that lies in the first chunk. */
    long firstChunkEnd() {
        return (start / chunkEntries + 1) * chunkEntries;
    }

    long time(long number) {
        return getLong(number, 0);
    }

    long getLong(long number, int offset) {
        return number >= tailStart
                ? Binary.getLong(tail, (int) (number - tailStart) * width + offset)
                : Binary.getLong(chunkOf(number), placeInChunk(number) + offset);
    }

    double getDouble(long number, int offset) {
        return Double.longBitsToDouble(getLong(number, offset));
    }

    int getInt(long number, int offset) {
        return number >= tailStart
                ? Binary.getInt(tail, (int) (number - tailStart) * width + offset)
                : Binary.getInt(chunkOf(number), placeInChunk(number) + offset);
    }

    void setLong(long number, int offset, long value) {
        if (number >= tailStart) {
            Binary.putLong(tail, (int) (number - tailStart) * width + offset, value);
            return;
        }
        byte[] changed = chunkOf(number).clone();
        Binary.putLong(changed, placeInChunk(number) + offset, value);
        chunks.put(series, number / chunkEntries, changed);
    }

    private byte[] chunkOf(long number) {
        return chunk(number / chunkEntries);
    }

    private byte[] chunk(long chunkNumber) {
        byte[] chunk = chunks.get(series, chunkNumber);
        if (chunk[0] != VERSION) {
            throw new IllegalStateException("a chunk of feature state has format " + chunk[0] + ", this program reads "
                    + VERSION + "; run the program that wrote it, or start with a new application id");
        }
        return chunk;
    }

    private int placeInChunk(long number) {
        return FIRST_ENTRY + (int) (number % chunkEntries) * width;
    }

    /**
     * The number of the first entry later than the given time, or the end. Looks around the hint first, so a good one costs
     * next to nothing, and none more than the logarithm of the entries.
     */
    long firstAfter(long timeMillis, long hint) {
        long low = start; // all before it are not later
        long high = end(); // all from it on are later
        long at = Math.min(Math.max(hint, low), high);
        if (at < high && time(at) <= timeMillis) {
            low = at + 1;
            for (long step = 1; low + step - 1 < high; step *= 2) {
                if (time(low + step - 1) > timeMillis) {
                    high = low + step - 1;
                    break;
                }
                low += step;
            }
        } else {
            high = at;
            for (long step = 1; high - step >= low; step *= 2) {
                if (time(high - step) <= timeMillis) {
                    low = high - step + 1;
                    break;
                }
                high -= step;
            }
        }
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (time(middle) <= timeMillis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    void append(byte[] entry) {
        insertInTail(tailCount, entry);
    }

    /** Makes the entry the one with the given number; those from there on get the next number. */
    void insert(long number, byte[] entry) {
        byte[] carried = entry;
        int place = (int) (number >= tailStart ? number - tailStart : 0);
        if (number < tailStart) {
            int from = (int) (number % chunkEntries);
            for (long chunk = number / chunkEntries; chunk * chunkEntries < tailStart; chunk++) {
                carried = insertInChunk(chunk, from, carried);
                from = 0;
            }
        }
        insertInTail(place, carried);
    }

    /** Answers the entry that no longer fits in. */
    private byte[] insertInChunk(long chunkNumber, int place, byte[] entry) {
        byte[] changed = chunk(chunkNumber).clone();
        byte[] last = new byte[width];
        System.arraycopy(changed, changed.length - width, last, 0, width);
        int offset = FIRST_ENTRY + place * width;
        System.arraycopy(changed, offset, changed, offset + width, changed.length - width - offset);
        System.arraycopy(entry, 0, changed, offset, width);
        chunks.put(series, chunkNumber, changed);
        return last;
    }

    private void insertInTail(int place, byte[] entry) {
        if (tailCount < chunkEntries) {
            System.arraycopy(tail, place * width, tail, (place + 1) * width, (tailCount - place) * width);
            System.arraycopy(entry, 0, tail, place * width, width);
            tailCount++;
            return;
        }
        long sealed = tailStart / chunkEntries;
        byte[] chunk = new byte[FIRST_ENTRY + tail.length];
        chunk[0] = VERSION;
        System.arraycopy(tail, 0, chunk, FIRST_ENTRY, tail.length);
        chunks.put(series, sealed, chunk);
        tailStart += chunkEntries;
        tailCount = 1;
        byte[] first = place == chunkEntries ? entry : insertInChunk(sealed, place, entry);
        System.arraycopy(first, 0, tail, 0, width);
    }

    /** Lets go of the first entry, and of its chunk once that is used up. */
    void removeFirst() {
        boolean lastOfChunk = start < tailStart && start + 1 == firstChunkEnd();
        if (lastOfChunk) {
            chunks.delete(series, start / chunkEntries);
        }
        start++;
    }

    /** Lets go of the whole first chunk. */
    void removeFirstChunk() {
        chunks.delete(series, start / chunkEntries);
        start = firstChunkEnd();
    }

    void removeLast() {
        if (tailCount == 0) {
            long last = tailStart / chunkEntries - 1;
            System.arraycopy(chunk(last), FIRST_ENTRY, tail, 0, tail.length);
            chunks.delete(series, last);
            tailStart -= chunkEntries;
            tailCount = chunkEntries;
        }
        tailCount--;
    }
}
