package io.millrace.cli.backtest;

import io.millrace.schemas.avro.Score;
import io.millrace.schemas.codec.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the stream said of texts whose label is known.
 *
 * <p>Threading: {@link #sending}, {@link #sendingUnreadable} and {@link #sent} are the sender's, {@link #scored} that of whoever reads scores; the rows are read by
 * either once both are done. Lifecycle: all labelled texts are in memory.
 */
final class TextLog {
    private final List<String> classes;
    private final Map<String, Sent> underWay = new ConcurrentHashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private long sent;

    /** A text on its way. */
    private record Sent(long event, String text, int truth) {}

    /**
     * A text that was scored.
     *
     * @param event its number, from 1
     * @param truth place of the class that its label means
     * @param version that the stream scored it with
     * @param answer of the stream
     */
    record Row(long event, String text, int truth, int version, TextAnswer answer) {}

    TextLog(List<String> classes) {
        this.classes = classes;
    }

    /** A text is on its way; one without a label will not be judged. */
    void sending(Event event, @Nullable String label) {
        sent++;
        String text = event.text();
        if (label != null && text != null) {
            underWay.put(event.id(), new Sent(sent, text, classes.indexOf(label)));
        }
    }

    /** A row that cannot be read is on its way. */
    void sendingUnreadable() {
        sent++;
    }

    /** How many rows are on their way or scored. */
    long sent() {
        return sent;
    }

    /** The stream scored a text. */
    void scored(Score score) {
        Sent text = underWay.remove(score.getEventId());
        if (text != null) {
            int said = classes.indexOf(score.getDecision());
            TextAnswer answer = new TextAnswer(said, score.getProbabilities().get(said));
            rows.add(new Row(text.event(), text.text(), text.truth(), score.getVersion(), answer));
        }
    }

    /** In the order of the input. */
    List<Row> rows() {
        return List.copyOf(rows);
    }
}
