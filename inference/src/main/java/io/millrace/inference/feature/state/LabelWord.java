package io.millrace.inference.feature.state;

/**
 * What is known of an event, and since when, in one number: the labelled-at time, then a bit that says whether something
 * explains the event (known from the start), then two bits for the label.
 */
final class LabelWord {
    private static final int TIME_SHIFT = 3;
    private static final long EXPLAINED = 1 << 2;
    private static final long STATE_MASK = 3;
    private static final int NEGATIVE = 1;
    private static final int POSITIVE = 2;
    private static final int RETRACTED = 3;

    private LabelWord() {}

    /** Of an event without a label. */
    static long unlabelled(boolean explained) {
        return explained ? EXPLAINED : 0;
    }

    static long of(EntityLabel label, long labelledAtMillis) {
        int state = label.retracted() ? RETRACTED : label.positive() ? POSITIVE : NEGATIVE;
        return labelledAtMillis << TIME_SHIFT | state;
    }

    /** The newer word, with what the older knows from the start. */
    static long successor(long newer, long older) {
        return newer | (older & EXPLAINED);
    }

    static long labelledAtMillis(long word) {
        return word >> TIME_SHIFT;
    }

    static boolean isLabelled(long word) {
        return (word & STATE_MASK) != 0;
    }

    static boolean isPositive(long word) {
        return (word & STATE_MASK) == POSITIVE;
    }

    static boolean isNegative(long word) {
        return (word & STATE_MASK) == NEGATIVE;
    }

    static boolean isUnexplainedPositive(long word) {
        return (word & (STATE_MASK | EXPLAINED)) == POSITIVE;
    }

    /** Whether the newer word takes the place of the older: it does unless it was labelled before. */
    static boolean replaces(long newer, long older) {
        return !isLabelled(older) || labelledAtMillis(newer) >= labelledAtMillis(older);
    }
}
