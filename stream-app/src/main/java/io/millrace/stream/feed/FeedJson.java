package io.millrace.stream.feed;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schemas.avro.FeedPoint;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * A point of the feed as a JSON object on one line.
 *
 * <pre>{"subject":"ACME","from":"2026-01-01T00:00:00Z","to":"2026-01-01T00:05:00Z","window":"PT5M","model":"sentiment",
 * "version":1,"mean":0.25,"decayedMean":0.3,"volume":9,"distinct":8,"positive":0.625,"negative":0.375,
 * "disagreement":0.9,"revision":2}</pre>
 *
 * <p>{@code "sampled":true} follows when the values are of a sample.
 *
 * <p>Threading: confined to one thread; the builder is used again for each point.
 */
public final class FeedJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final StringBuilder json = new StringBuilder(384);

    /** The line of a point, without its end. */
    public String line(FeedPoint point) {
        json.setLength(0);
        text("{\"subject\":", point.getSubject());
        text(",\"from\":", point.getWindowStart().toString());
        text(",\"to\":", point.getWindowEnd().toString());
        text(",\"window\":", window(point).toString());
        text(",\"model\":", point.getModel());
        json.append(",\"version\":").append(point.getVersion());
        json.append(",\"mean\":").append(point.getMean());
        json.append(",\"decayedMean\":").append(point.getDecayedMean());
        json.append(",\"volume\":").append(point.getVolume());
        json.append(",\"distinct\":").append(point.getDistinct());
        json.append(",\"positive\":").append(point.getPositive());
        json.append(",\"negative\":").append(point.getNegative());
        json.append(",\"disagreement\":").append(point.getDisagreement());
        json.append(",\"revision\":").append(point.getRevision());
        if (point.getSampled()) {
            json.append(",\"sampled\":true");
        }
        return json.append('}').toString();
    }

    /** The length of a point's window. */
    public static Duration window(FeedPoint point) {
        return Duration.between(point.getWindowStart(), point.getWindowEnd());
    }

    /**
     * The point of a line.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static FeedPoint read(byte[] line) {
        try {
            JsonNode root = MAPPER.readTree(line);
            return new FeedPoint(
                    text(root, "subject"),
                    Instant.parse(text(root, "from")),
                    Instant.parse(text(root, "to")),
                    text(root, "model"),
                    root.required("version").intValue(),
                    root.required("mean").doubleValue(),
                    root.required("decayedMean").doubleValue(),
                    root.required("volume").longValue(),
                    root.required("distinct").longValue(),
                    root.required("positive").doubleValue(),
                    root.required("negative").doubleValue(),
                    root.required("disagreement").doubleValue(),
                    root.path("sampled").booleanValue(),
                    root.required("revision").intValue());
        } catch (IOException | DateTimeException e) {
            throw new IllegalArgumentException("no point of a feed: " + e.getMessage(), e);
        }
    }

    private static String text(JsonNode root, String name) {
        String value = root.required(name).textValue();
        if (value == null) {
            throw new IllegalArgumentException("no point of a feed: '" + name + "' must be a text");
        }
        return value;
    }

    private void text(String before, String value) {
        json.append(before).append('"');
        JsonStringEncoder.getInstance().quoteAsString(value, json);
        json.append('"');
    }
}
