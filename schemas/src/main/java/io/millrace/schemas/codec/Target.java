package io.millrace.schemas.codec;

/**
 * One part of an event that is read from the user's record.
 *
 * @param part which kind of part
 * @param index its place in the event's keys or numbers; 0 for parts that there is one of
 * @param path where it lies in the record, for messages
 */
record Target(Part part, int index, String path) {
    enum Part {
        ID,
        TIME,
        KEY,
        NUMBER,
        TEXT,
        /** Groups events whose error rates are watched. */
        SEGMENT,
        /** What a text is about. */
        SUBJECT;

        /** Whether it may be absent or of any shape: it decides nothing about the score. */
        boolean isOptional() {
            return this == SEGMENT || this == SUBJECT;
        }
    }
}
