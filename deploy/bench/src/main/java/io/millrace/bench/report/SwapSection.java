package io.millrace.bench.report;

import com.fasterxml.jackson.databind.JsonNode;

/** What swaps do to the records that flow. Threading: stateless. */
final class SwapSection implements Section {

    @Override
    public String plots(Saved saved) {
        StringBuilder html = new StringBuilder();
        Bars pauses = new Bars(
                "Pause at a swap, 99.9th percentile", "milliseconds that a swap keeps the stream thread from scoring");
        saved.result()
                .path("pauseMillisP999")
                .properties()
                .forEach(pause -> pauses.add(
                        Palette.OURS, pause.getKey(), pause.getValue().asDouble(), "ms"));
        html.append(pauses.isEmpty() ? "" : pauses.figure());
        saved.result().path("gap").properties().forEach(pipeline -> {
            Bars gaps = new Bars(
                    pipeline.getKey() + ": largest gaps between outputs",
                    "milliseconds, in windows at swaps and in windows of the same length between them");
            for (String percentile : new String[] {"p50", "p99", "max"}) {
                gaps.add(Palette.PEER, percentile + ", steady", at(pipeline.getValue(), "steady", percentile), "ms");
                gaps.add(Palette.OURS, percentile + ", at swaps", at(pipeline.getValue(), "atSwaps", percentile), "ms");
            }
            html.append(gaps.figure());
        });
        saved.result()
                .path("outcomes")
                .properties()
                .forEach(pipeline -> html.append(new Curves(pipeline.getKey() + ": latency at swaps")
                        .add("at swaps", pipeline.getValue().path("latencyAtSwaps"))
                        .add("steady", pipeline.getValue().path("latencySteady"))
                        .figure()));
        return html.toString();
    }

    private static double at(JsonNode gaps, String when, String percentile) {
        return gaps.path(when).path(percentile).asDouble();
    }
}
