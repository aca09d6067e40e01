package io.millrace.stream.feedback;

import io.millrace.schemas.avro.Label;
import java.util.List;

/**
 * What a label says of its event, apart from which event that is.
 *
 * <p>Units: milliseconds since 1970-01-01 UTC.
 *
 * @param classIndex of the model's classes; {@link #RETRACTED} when the label takes back what was said before
 */
record Said(long labelledAtMillis, int classIndex, double weight, String source) {
    static final int RETRACTED = -1;
    static final int UNKNOWN = -2;

    /** What a label says, in the classes of a model; class names count in any case. */
    static Said of(Label label, List<String> classes) {
        return new Said(
                label.getLabelledAt().toEpochMilli(),
                label.getRetracted() ? RETRACTED : index(label.getLabel(), classes),
                label.getWeight(),
                label.getSource());
    }

    private static int index(String name, List<String> classes) {
        for (int i = 0; i < classes.size(); i++) {
            if (classes.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return UNKNOWN;
    }

    boolean retracted() {
        return classIndex == RETRACTED;
    }

    /** What becomes of this label beside one that was there before. */
    Standing beside(Said earlier) {
        if (equals(earlier)) {
            return Standing.DUPLICATE;
        }
        return labelledAtMillis < earlier.labelledAtMillis ? Standing.SUPERSEDED : Standing.NEWS;
    }

    /** What a label is, given what was said of its event before. */
    enum Standing {
        /** It counts: the first one, a correction, a retraction. */
        NEWS,
        /** The very same was said before. */
        DUPLICATE,
        /** Something later was said before. */
        SUPERSEDED
    }
}
