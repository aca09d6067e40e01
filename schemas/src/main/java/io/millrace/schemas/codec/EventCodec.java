package io.millrace.schemas.codec;

/**
 * Reads one format of input records.
 *
 * <p>Threading: safe.
 */
public interface EventCodec {
    /**
     * The event in a record's value. The value is not kept.
     *
     * @throws MalformedEventException if it is no such event; the record belongs to the dead letters then
     */
    Event decode(byte[] value) throws MalformedEventException;
}
