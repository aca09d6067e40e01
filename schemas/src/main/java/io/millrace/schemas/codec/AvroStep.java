package io.millrace.schemas.codec;

import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;

/**
 * Reads the next value of a record, whole: into the draft where it is wanted, past it where not.
 *
 * <p>Threading: safe; a step holds no state.
 */
interface AvroStep {
    void read(BinaryDecoder in, EventDraft draft) throws IOException, MalformedEventException;
}
