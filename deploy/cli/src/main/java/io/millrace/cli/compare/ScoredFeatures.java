package io.millrace.cli.compare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.cli.output.FailedException;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of {@code score --emit-features}, one after the other, and of each only what is asked for.
 *
 * <p>Threading: confined to one thread. Units: milliseconds since 1970-01-01 UTC. Lifecycle: holds the open input until
 * {@link #close}; what it answers is of the current line.
 */
public final class ScoredFeatures implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();

    private final String origin;
    private final JsonParser parser;
    private final Map<String, Integer> places = new HashMap<>();
    private final Predicate<String> wanted;
    private final double[] values;
    private final boolean[] present;
    private @Nullable String id;
    private @Nullable String time;
    private long lines;

    /**
     * @param origin what messages call the input
     * @param names the features to read, in the order of {@link #values}
     * @param wanted tells by its id whether an event is to be read
     */
    ScoredFeatures(String origin, InputStream bytes, List<String> names, Predicate<String> wanted) throws IOException {
        this.origin = origin;
        this.parser = JSON.createParser(bytes);
        this.wanted = wanted;
        this.values = new double[names.size()];
        this.present = new boolean[names.size()];
        for (int i = 0; i < values.length; i++) {
            places.put(names.get(i), i);
        }
    }

    /** Opens the scores of the events that a golden file has. */
    public static ScoredFeatures of(GoldenFile golden, String origin, InputStream bytes) throws IOException {
        return new ScoredFeatures(origin, bytes, golden.columns(), golden::hasRow);
    }

    /** Goes on to the next line with a wanted event; false at the end. */
    boolean next() throws IOException {
        try {
            while (parser.nextToken() != null) {
                lines++;
                if (read()) {
                    return true;
                }
            }
            return false;
        } catch (JsonProcessingException broken) {
            throw bad("is not whole JSON: " + broken.getOriginalMessage());
        }
    }

    private boolean read() throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            throw bad("is no JSON object");
        }
        id = null;
        time = null;
        boolean featured = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "id" -> id = parser.getValueAsString();
                case "time" -> time = parser.getValueAsString();
                case "features" -> {
                    featured = true;
                    readFeatures();
                }
                default -> {}
            }
            parser.skipChildren();
        }
        if (id == null) {
            throw bad("has no id");
        }
        if (!featured) {
            throw bad("has no features; run 'millrace score' with --emit-features");
        }
        return wanted.test(id);
    }

    private void readFeatures() throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            throw bad("has features that are no JSON object");
        }
        if (id != null && !wanted.test(id)) {
            parser.skipChildren();
            return;
        }
        Arrays.fill(values, Double.NaN);
        Arrays.fill(present, false);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Integer place = places.get(parser.currentName());
            boolean number = parser.nextToken().isNumeric();
            if (place != null) {
                present[place] = true;
                values[place] = number ? parser.getDoubleValue() : Double.NaN;
            }
            parser.skipChildren();
        }
    }

    String id() {
        return id == null ? "" : id;
    }

    long timeMillis() {
        try {
            return Instant.parse(time == null ? "" : time).toEpochMilli();
        } catch (DateTimeException unreadable) {
            throw bad("has the time '" + time + "'; it should be one as 2018-08-08T00:01:14Z");
        }
    }

    /** The features in the order of the names; not a number where there is none. The array is used again. */
    double[] values() {
        return values;
    }

    /** Whether the line has the feature at all. */
    boolean has(int place) {
        return present[place];
    }

    /** How many lines were read, wanted or not. */
    long lines() {
        return lines;
    }

    private FailedException bad(String problem) {
        return new FailedException(origin + ":" + parser.currentLocation().getLineNr() + ": the score " + problem);
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
