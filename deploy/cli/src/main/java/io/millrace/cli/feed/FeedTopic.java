package io.millrace.cli.feed;

import io.millrace.cli.history.CommittedLog;
import io.millrace.schemas.avro.FeedPoint;
import io.millrace.stream.feed.FeedJson;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the topic of a feed as any client could: of each point, its last record counts.
 *
 * <p>Threading: confined to one thread. Lifecycle: owns a consumer until {@link #close}.
 */
public final class FeedTopic implements AutoCloseable {
    private static final Comparator<FeedPoint> ORDER = Comparator.comparing(FeedPoint::getSubject)
            .thenComparing(FeedJson::window)
            .thenComparing(FeedPoint::getWindowStart)
            .thenComparing(FeedPoint::getVersion);

    private final CommittedLog log;
    private final String topic;
    private final FeedQuery query;
    private final FeedPointReader reader = new FeedPointReader();

    /** Connects to the broker that these client properties name. */
    public FeedTopic(Map<String, Object> kafka, String topic, FeedQuery query) {
        this.log = new CommittedLog(kafka);
        this.topic = topic;
        this.query = query;
    }

    /** The points asked for as they stand, by subject, length of window, time and version; none without the topic. */
    public List<FeedPoint> points() {
        Map<ByteBuffer, FeedPoint> last = new HashMap<>();
        if (log.has(topic)) {
            log.readAll(
                    List.of(topic), record -> read(record, point -> last.put(ByteBuffer.wrap(record.key()), point)));
        }
        List<FeedPoint> points = new ArrayList<>(last.values());
        points.sort(ORDER);
        return points;
    }

    /** After {@link #points}, hands out what is written from then on, each correction too, as long as it is wanted. */
    public void follow(Consumer<FeedPoint> each, BooleanSupplier wanted) {
        log.follow(record -> read(record, each), wanted);
    }

    private void read(ConsumerRecord<byte[], byte[]> record, Consumer<FeedPoint> each) {
        if (record.value() != null) {
            FeedPoint point = reader.read(record.value());
            if (query.matches(point)) {
                each.accept(point);
            }
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
