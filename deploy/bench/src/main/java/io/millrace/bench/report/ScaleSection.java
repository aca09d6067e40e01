package io.millrace.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** How speed grows with partitions, and cost with keys and history. Threading: stateless. */
final class ScaleSection implements Section {
    /** What grows along a curve, and the field that has it. */
    private static final Map<String, String> FIELDS = Map.of("keys", "keys", "history", "eventsPerKey");

    @Override
    public String plots(Saved saved) {
        JsonNode lines = Trees.firstArray(saved.result(), "curve");
        Bars partitions =
                new Bars("Partitions and threads", "how many times the rate of one of each, median and range");
        Series keys = cost("Cost of an event by number of keys", "keys");
        Series history = cost("Cost of an event by events of its key", "events of a key in the longest window");
        for (JsonNode line : lines) {
            String curve = line.path("curve").asText();
            if (curve.equals("partitions")) {
                partitions.add(
                        Palette.OURS,
                        line.path("partitions").asInt() + " × "
                                + line.path("threads").asInt(),
                        line.path("ratio"),
                        "×");
            } else {
                double at = line.path(FIELDS.getOrDefault(curve, "keys")).asDouble();
                Series series = curve.equals("keys") ? keys : history;
                series.add("median", at, line.path("ratio").path("median").asDouble())
                        .add("lowest", at, line.path("ratio").path("lowest").asDouble())
                        .add("highest", at, line.path("ratio").path("highest").asDouble());
            }
        }
        return (partitions.isEmpty() ? "" : partitions.figure()) + keys.figure() + history.figure();
    }

    private static Series cost(String title, String what) {
        return new Series(title, what, "times the first point's cost").logX();
    }
}
