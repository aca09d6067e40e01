package io.millrace.bench.live;

import io.millrace.bench.arena.EventIds;
import io.millrace.bench.arena.KeyedRecord;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.TextMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/**
 * Texts without end, in Avro, a millisecond apart. They come again after more of them than a stream remembers, so that
 * each must be scored.
 *
 * <p>Threading: immutable.
 */
public final class TextSource {
    private static final long FIRST_MILLIS = 1_525_000_000_000L;

    private final List<String> texts;
    private final SingleObject<TextMessage> codec = SingleObject.of(TextMessage.class, SchemaStore.ofOwn());

    /** @param texts more than twice as many as a stream remembers by default */
    public TextSource(List<String> texts) {
        this.texts = List.copyOf(texts);
    }

    /** The texts from the first on. */
    public Iterator<KeyedRecord> records() {
        return new Iterator<>() {
            private long number;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public KeyedRecord next() {
                return record(number++);
            }
        };
    }

    @SuppressWarnings("NullAway") // it does not see in class files that a subject may be null
    private KeyedRecord record(long number) {
        String id = EventIds.of(number);
        TextMessage message = new TextMessage(
                id, Instant.ofEpochMilli(FIRST_MILLIS + number), texts.get((int) (number % texts.size())), null, null);
        return new KeyedRecord(id.getBytes(StandardCharsets.UTF_8), codec.encode(message));
    }
}
