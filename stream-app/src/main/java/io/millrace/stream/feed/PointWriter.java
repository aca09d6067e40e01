package io.millrace.stream.feed;

import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.FeedPoint;
import io.millrace.stream.config.ScoreFormat;
import java.nio.charset.StandardCharsets;

/**
 * Writes points in the pipeline's format.
 *
 * <p>Threading: confined to its task.
 */
final class PointWriter {
    private final ScoreFormat format;
    private final SingleObject<FeedPoint> avro = SingleObject.of(FeedPoint.class, SchemaStore.ofOwn());
    private final FeedJson json = new FeedJson();

    PointWriter(ScoreFormat format) {
        this.format = format;
    }

    byte[] write(FeedPoint point) {
        return switch (format) {
            case AVRO -> avro.encode(point);
            case JSON -> json.line(point).getBytes(StandardCharsets.UTF_8);
        };
    }
}
