package io.millrace.bench.report;

import com.fasterxml.jackson.databind.JsonNode;

/** How long it takes to have the state back. Threading: stateless. */
final class RestoreSection implements Section {

    @Override
    public String plots(Saved saved) {
        double bytes = saved.result().path("stateBytes").asDouble();
        Bars ways = new Bars(
                "Seconds until every partition scores again", "with " + Texts.megabytes(bytes) + " of state on disk");
        for (JsonNode line : saved.result().path("lines")) {
            ways.add(
                    Palette.OURS,
                    line.path("way").asText(),
                    line.path("seconds").asDouble(),
                    "s");
        }
        return ways.isEmpty() ? "" : ways.figure();
    }
}
