package io.millrace.schemas;

import io.millrace.schemas.avro.Score;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * Writes scores field by field, in the order of their schema, to the bytes that Avro's own writer gives: one is written
 * for each event, and looking up each field's schema, union branch and logical type took more time than the model did.
 *
 * <p>Threading: confined to one thread.
 */
final class ScoreDatumWriter implements DatumWriter<Score> {
    private static final int ABSENT = 0;
    private static final int PRESENT = 1;

    // Names and hashes repeat from score to score until another version takes over.
    private final Utf8Memory model = new Utf8Memory();
    private final Utf8Memory modelHash = new Utf8Memory();

    @Override
    public void setSchema(Schema schema) {
        if (!schema.equals(Score.getClassSchema())) {
            throw new IllegalArgumentException("scores are written with today's schema, not with " + schema);
        }
    }

    @Override
    public void write(Score score, Encoder out) throws IOException {
        out.writeString(score.getEventId());
        out.writeLong(score.getEventTime().toEpochMilli());
        model.write(score.getModel(), out);
        out.writeInt(score.getVersion());
        modelHash.write(score.getModelHash(), out);
        out.writeDouble(score.getScore());
        writeDoubles(score.getProbabilities(), out);
        out.writeString(score.getDecision());
        out.writeDouble(score.getThreshold());
        writeTexts(score.getReasons(), out);
        List<Double> features = score.getFeatures();
        if (isPresent(features, out)) {
            writeDoubles(features, out);
        }
        out.writeInt(score.getInputPartition());
        out.writeLong(score.getInputOffset());
        out.writeInt(score.getScoringPartition());
        out.writeLong(score.getScoringOffset());
        out.writeLong(score.getScoredAt().toEpochMilli());
        writeTextIfPresent(score.getLabel(), out);
        Double signedScore = score.getSignedScore();
        if (isPresent(signedScore, out)) {
            out.writeDouble(signedScore);
        }
        out.writeBoolean(score.getTruncated());
        writeTexts(score.getClasses(), out);
        writeTextIfPresent(score.getSubject(), out);
    }

    private static boolean isPresent(@Nullable Object value, Encoder out) throws IOException {
        out.writeIndex(value == null ? ABSENT : PRESENT);
        return value != null;
    }

    private static void writeTextIfPresent(@Nullable String text, Encoder out) throws IOException {
        if (isPresent(text, out)) {
            out.writeString(text);
        }
    }

    private static void writeDoubles(List<Double> values, Encoder out) throws IOException {
        startArray(values.size(), out);
        for (int i = 0; i < values.size(); i++) {
            out.writeDouble(values.get(i));
        }
        out.writeArrayEnd();
    }

    private static void writeTexts(List<String> texts, Encoder out) throws IOException {
        startArray(texts.size(), out);
        for (int i = 0; i < texts.size(); i++) {
            out.writeString(texts.get(i));
        }
        out.writeArrayEnd();
    }

    private static void startArray(int size, Encoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(size);
    }

    /** The last text and its bytes. */
    private static final class Utf8Memory {
        private @Nullable String text;
        private byte[] bytes = {};

        void write(String next, Encoder out) throws IOException {
            if (!next.equals(text)) {
                text = next;
                bytes = next.getBytes(StandardCharsets.UTF_8);
            }
            out.writeBytes(bytes, 0, bytes.length);
        }
    }
}
