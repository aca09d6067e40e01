package io.millrace.inference.feature.state;

/** What is known of an event, and since when, in one number; 0 where nothing is. */
final class LabelWord {
    static final long NONE = 0;

    private static final int STATE_BITS = 3;
    private static final long STATE_MASK = (1 << STATE_BITS) - 1;
    private static final int NEGATIVE = 1;
    private static final int POSITIVE = 2;
    private static final int RETRACTED = 3;

    private LabelWord() {}

    static long of(EntityLabel label, long labelledAtMillis) {
        int state = label.retracted() ? RETRACTED : label.positive() ? POSITIVE : NEGATIVE;
        return labelledAtMillis << STATE_BITS | state;
    }

    static long labelledAtMillis(long word) {
        return word >> STATE_BITS;
    }

    static boolean isPositive(long word) {
        return (word & STATE_MASK) == POSITIVE;
    }

    /** Whether the newer word takes the place of the older: it does unless it was labelled before. */
    static boolean replaces(long newer, long older) {
        return older == NONE || labelledAtMillis(newer) >= labelledAtMillis(older);
    }
}
