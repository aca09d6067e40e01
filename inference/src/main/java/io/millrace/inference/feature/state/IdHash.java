package io.millrace.inference.feature.state;

/** Tells the events of one key and one millisecond apart. */
final class IdHash {
    private static final long PRIME = 0x9E37_79B9_7F4A_7C15L;

    private IdHash() {}

    static int of(String eventId) {
        long hash = eventId.length();
        for (int i = 0; i < eventId.length(); i++) {
            hash = (hash ^ eventId.charAt(i)) * PRIME;
            hash ^= hash >>> 32;
        }
        return (int) ((hash * PRIME) >>> 32);
    }
}
