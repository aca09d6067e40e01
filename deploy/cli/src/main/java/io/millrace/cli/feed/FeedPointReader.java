package io.millrace.cli.feed;

import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.SingleObjectHeader;
import io.millrace.schemas.avro.FeedPoint;
import io.millrace.stream.feed.FeedJson;

/**
 * Reads a point in whichever format its pipeline writes.
 *
 * <p>Threading: confined to one thread.
 */
public final class FeedPointReader {
    private final SingleObject<FeedPoint> avro = SingleObject.of(FeedPoint.class, SchemaStore.ofOwn());

    /** The point of a record's value. */
    public FeedPoint read(byte[] value) {
        return SingleObjectHeader.isPresent(value) ? avro.decode(value) : FeedJson.read(value);
    }
}
