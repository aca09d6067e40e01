package io.millrace.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the inner pieces cost, a picture for each class of benchmarks. Threading: stateless. */
final class MicroSection implements Section {

    @Override
    public String plots(Saved saved) {
        Map<String, Bars> pieces = new LinkedHashMap<>();
        for (JsonNode line : Trees.firstArray(saved.result(), "nanosPerOp")) {
            String name = line.path("name").asText();
            int dot = name.indexOf('.');
            double nanos = line.path("nanosPerOp").asDouble();
            double error = line.path("error").asDouble();
            pieces.computeIfAbsent(
                            dot < 0 ? name : name.substring(0, dot),
                            piece -> new Bars(
                                    Texts.words(piece),
                                    "nanoseconds of an operation, and its 99.9 % confidence interval"))
                    .add(
                            Palette.OURS,
                            name.substring(dot + 1) + parameters(line.path("parameters")),
                            nanos - error,
                            nanos,
                            nanos + error,
                            "ns");
        }
        StringBuilder html = new StringBuilder();
        pieces.values().forEach(bars -> html.append(bars.figure()));
        return html.toString();
    }

    private static String parameters(JsonNode parameters) {
        List<String> texts = new ArrayList<>();
        parameters
                .properties()
                .forEach(entry ->
                        texts.add(entry.getKey() + " " + entry.getValue().asText()));
        return texts.isEmpty() ? "" : " (" + String.join(", ", texts) + ")";
    }
}
