package io.millrace.stream.event;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Scored texts on the repartition topic before the feed.
 *
 * <p>Threading: holds no state; safe for all threads of a topology.
 */
public final class FeedItemSerde implements Serde<FeedItem> {
    private static final int WIRE_VERSION = 1;

    @Override
    public Serializer<FeedItem> serializer() {
        return (topic, item) -> write(item);
    }

    @Override
    public Deserializer<FeedItem> deserializer() {
        return (topic, bytes) -> read(bytes);
    }

    private static byte[] write(FeedItem item) {
        return new WireWriter(96)
                .putByte(WIRE_VERSION)
                .putString(item.id())
                .putString(item.subject())
                .putLong(item.timeMillis())
                .putLong(item.textHash())
                .putDouble(item.signedScore())
                .putInt(item.label())
                .putInt(item.version())
                .toBytes();
    }

    private static FeedItem read(byte[] bytes) {
        WireReader in = new WireReader(bytes);
        int wire = in.nextByte();
        if (wire != WIRE_VERSION) {
            throw new IllegalStateException("a feed item of wire version " + wire + ", this build reads " + WIRE_VERSION
                    + ": stop all instances of the pipeline before an upgrade that changes it");
        }
        return new FeedItem(
                in.nextString(),
                in.nextString(),
                in.nextLong(),
                in.nextLong(),
                in.nextDouble(),
                in.nextInt(),
                in.nextInt());
    }
}
