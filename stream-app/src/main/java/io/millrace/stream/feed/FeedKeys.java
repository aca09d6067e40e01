package io.millrace.stream.feed;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys of a feed's store, whose order is that of their bytes:
 *
 * <pre>
 * totals  0 | length of subject | subject | window length | version | window start
 * text    1 | length of subject | subject | window length | version | window start | hash
 * due     2 | when | key of the totals
 * clock   3
 * </pre>
 *
 * <p>Numbers are big-endian; those that may be negative have their sign bit flipped.
 */
final class FeedKeys {
    static final byte TOTALS = 0;
    private static final byte TEXT = 1;
    private static final byte DUE = 2;
    private static final byte CLOCK = 3;
    private static final int DUE_BYTES = 1 + Long.BYTES;
    private static final int SUBJECT_AT = 1 + Integer.BYTES;

    private FeedKeys() {}

    static byte[] totals(WindowKey key) {
        return window(TOTALS, key, 0).array();
    }

    static byte[] text(WindowKey key, long hash) {
        return window(TEXT, key, Long.BYTES).putLong(hash).array();
    }

    /** When a window has something due. */
    static byte[] due(long dueMillis, WindowKey key) {
        byte[] totals = totals(key);
        return ByteBuffer.allocate(DUE_BYTES + totals.length)
                .put(DUE)
                .putLong(flipped(dueMillis))
                .put(totals)
                .array();
    }

    /** A key that lies before all that is due at this time, and after what is due earlier. */
    static byte[] due(long dueMillis) {
        return ByteBuffer.allocate(DUE_BYTES)
                .put(DUE)
                .putLong(flipped(dueMillis))
                .array();
    }

    static byte[] clock() {
        return new byte[] {CLOCK};
    }

    static WindowKey windowOfDue(byte[] due) {
        return window(Arrays.copyOfRange(due, DUE_BYTES, due.length));
    }

    static long hash(byte[] text) {
        return ByteBuffer.wrap(text).getLong(text.length - Long.BYTES);
    }

    /** The window whose totals have this key. */
    static WindowKey window(byte[] totals) {
        ByteBuffer in = ByteBuffer.wrap(totals).position(1);
        byte[] subject = new byte[in.getInt()];
        in.get(subject);
        long lengthMillis = in.getLong();
        int version = in.getInt();
        return new WindowKey(new String(subject, StandardCharsets.UTF_8), lengthMillis, flipped(in.getLong()), version);
    }

    /** A key that lies before the totals of a subject's windows of this length, and after those that are shorter. */
    static byte[] beforeWindows(String subject, long lengthMillis) {
        byte[] utf8 = subject.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(SUBJECT_AT + utf8.length + Long.BYTES)
                .put(TOTALS)
                .putInt(utf8.length)
                .put(utf8)
                .putLong(lengthMillis)
                .array();
    }

    private static ByteBuffer window(byte kind, WindowKey key, int more) {
        byte[] subject = key.subject().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(SUBJECT_AT + subject.length + Long.BYTES + Integer.BYTES + Long.BYTES + more)
                .put(kind)
                .putInt(subject.length)
                .put(subject)
                .putLong(key.lengthMillis())
                .putInt(key.version())
                .putLong(flipped(key.startMillis()));
    }

    private static long flipped(long value) {
        return value ^ Long.MIN_VALUE;
    }
}
