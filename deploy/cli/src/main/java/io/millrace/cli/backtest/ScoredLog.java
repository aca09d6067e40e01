package io.millrace.cli.backtest;

import io.millrace.inference.feature.FeatureSet;
import io.millrace.schemas.avro.Score;
import io.millrace.schemas.codec.Event;
import io.millrace.trainer.data.FeatureTable;
import io.millrace.trainer.data.LabelledEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Every labelled event with the features and the score that the stream gave it, in the order of the scores.
 *
 * <p>Threading: {@link #sending} by the thread that sends, {@link #scored} by the one that collects, the rest by either
 * once both are done. Lifecycle: some forty bytes and the features, of four bytes each, a row in memory.
 */
final class ScoredLog {
    private final FeatureTable table;
    private final String positive;
    private final Map<String, LabelledEvent> underWay = new ConcurrentHashMap<>();
    private double[] scores = new double[1 << 16];

    /**
     * Begins a log.
     *
     * @param positive class of a positive row
     */
    ScoredLog(FeatureSet features, String positive) {
        this.table = new FeatureTable(features.size());
        this.positive = positive;
    }

    /** An event is on its way; one without a label will not be judged. */
    void sending(Event event, @Nullable String label) {
        if (label != null) {
            underWay.put(event.id(), new LabelledEvent(event, label.equals(positive)));
        }
    }

    /** The stream scored an event. */
    void scored(Score score) {
        LabelledEvent labelled = underWay.remove(score.getEventId());
        if (labelled == null) {
            return;
        }
        List<Double> given = score.getFeatures();
        if (given == null) {
            throw new IllegalStateException("score of " + score.getEventId() + " comes without its features");
        }
        int row = table.rows();
        if (row == scores.length) {
            scores = Arrays.copyOf(scores, 2 * row);
        }
        scores[row] = score.getScore();
        table.add(labelled, given.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Features, times, keys and truth. */
    FeatureTable table() {
        return table;
    }

    /** What the stream said of a row. */
    double score(int row) {
        return scores[row];
    }

    /** What the stream said of some rows. */
    double[] scores(int[] rows) {
        return Arrays.stream(rows).mapToDouble(this::score).toArray();
    }
}
