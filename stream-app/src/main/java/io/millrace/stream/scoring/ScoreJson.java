package io.millrace.stream.scoring;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.millrace.schemas.avro.Score;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a score as a JSON object on one line: what a person or a script wants to know of it.
 *
 * <pre>{"id":"123","time":"2018-08-08T00:01:14Z","model":"fraud","version":1,"score":0.01,"decision":"LEGITIMATE"}</pre>
 *
 * <p>Of a text the score is signed, from -1 to 1:
 *
 * <pre>{"id":"7","time":"2026-11-24T12:00:00Z","model":"sentiment","version":1,"label":"positive","score":0.93,
 * "probabilities":{"negative":0.035,"positive":0.965}}</pre>
 *
 * <p>Threading: confined to one thread; the builder is used again for each score.
 */
public final class ScoreJson {
    private final @Nullable List<String> features;
    private final boolean times;
    private final StringBuilder json = new StringBuilder(512);

    /** Names the features in the order of the scores' values; null leaves features out. */
    public ScoreJson(@Nullable List<String> features) {
        this(features, true);
    }

    /** With {@code times} false, the times of the events are left out: those of a file's texts are made up. */
    public ScoreJson(@Nullable List<String> features, boolean times) {
        this.features = features;
        this.times = times;
    }

    /** The line of a score, without its end. */
    public String line(Score score) {
        json.setLength(0);
        text("{\"id\":", score.getEventId());
        if (times) {
            text(",\"time\":", score.getEventTime().toString());
        }
        text(",\"model\":", score.getModel());
        json.append(",\"version\":").append(score.getVersion());
        String label = score.getLabel();
        if (label != null) {
            return ofText(score, label);
        }
        json.append(",\"score\":").append(score.getScore());
        text(",\"decision\":", score.getDecision());
        List<Double> values = score.getFeatures();
        if (features != null && values != null) {
            json.append(",\"features\":{");
            for (int i = 0; i < features.size(); i++) {
                if (i > 0) {
                    json.append(',');
                }
                text("", features.get(i));
                json.append(':');
                number(values.get(i));
            }
            json.append('}');
        }
        return json.append('}').toString();
    }

    private String ofText(Score score, String label) {
        text(",\"label\":", label);
        Double signed = score.getSignedScore();
        json.append(",\"score\":").append(signed == null ? score.getScore() : signed);
        json.append(",\"probabilities\":{");
        for (int i = 0; i < score.getProbabilities().size(); i++) {
            if (i > 0) {
                json.append(',');
            }
            text("", score.getClasses().get(i));
            json.append(':').append(score.getProbabilities().get(i));
        }
        json.append('}');
        if (score.getTruncated()) {
            json.append(",\"truncated\":true");
        }
        String subject = score.getSubject();
        if (subject != null) {
            text(",\"subject\":", subject);
        }
        return json.append('}').toString();
    }

    private void number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            json.append("null");
        } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            json.append((long) value);
        } else {
            json.append(value);
        }
    }

    private void text(String before, String value) {
        json.append(before).append('"');
        JsonStringEncoder.getInstance().quoteAsString(value, json);
        json.append('"');
    }
}
