package io.millrace.bench.arena;

import java.nio.charset.StandardCharsets;

/** The ids of a topic's events: their numbers from 0 on, so that one can tell which are missing. Threading: stateless. */
public final class EventIds {
    private static final String PREFIX = "t";

    private EventIds() {}

    public static String of(long number) {
        return PREFIX + number;
    }

    /** The number of an id. */
    static long number(byte[] id, int from, int length) {
        return Long.parseLong(
                new String(id, from + PREFIX.length(), length - PREFIX.length(), StandardCharsets.US_ASCII));
    }
}
