package io.millrace.stream.event;

import java.util.List;

/** Judgements on their way to the metrics, many at a time. */
public record Judgements(List<Judgement> list) implements Flow {
    public Judgements {
        list = List.copyOf(list);
    }
}
