package io.millrace.bench.arena;

import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.TextMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Texts in Avro, keyed by their ids. Threading: immutable. Same texts, same bytes. */
public record TextLoad(List<String> texts) {
    private static final long FIRST_MILLIS = 1_525_000_000_000L;

    /** Makes a topic and fills it with all texts. */
    public void fill(Map<String, Object> kafka, String topic, int partitions) throws InterruptedException {
        TopicFiller.create(kafka, topic, partitions);
        TopicFiller.fill(kafka, topic, records(), texts.size(), sent -> {});
    }

    private Iterator<KeyedRecord> records() {
        SingleObject<TextMessage> codec = SingleObject.of(TextMessage.class, SchemaStore.ofOwn());
        Iterator<String> text = texts.iterator();
        return new Iterator<>() {
            private long number;

            @Override
            public boolean hasNext() {
                return text.hasNext();
            }

            @Override
            public KeyedRecord next() {
                String id = EventIds.of(number);
                TextMessage message = TextMessage.newBuilder()
                        .setMessageId(id)
                        .setEventTime(Instant.ofEpochMilli(FIRST_MILLIS + number))
                        .setText(text.next())
                        .build();
                number++;
                return new KeyedRecord(id.getBytes(StandardCharsets.UTF_8), codec.encode(message));
            }
        };
    }
}
