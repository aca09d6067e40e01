package io.millrace.cli.score;

import java.time.Duration;

/**
 * How a file of texts becomes records of a pipeline's input topic. A text without an id gets the number of its line as
 * its id, and one without a time gets a made-up time: texts are then {@link #STEP} apart, from 2000 on.
 *
 * <p>Threading: immutable.
 *
 * @param tabSeparated whether a line is a label, a tab and a text; otherwise the whole line is the text
 * @param id path of the id in a record
 * @param time path of the time
 * @param text path of the text
 */
public record TextLayout(boolean tabSeparated, String id, String time, String text) {
    /** Between the made-up times of two lines. */
    public static final Duration STEP = Duration.ofSeconds(1);

    /** 2000-01-01: line 0, which there is not. */
    private static final long START_MILLIS = 946_684_800_000L;

    /** The made-up time of a line. */
    static long timeMillis(long line) {
        return START_MILLIS + line * STEP.toMillis();
    }
}
