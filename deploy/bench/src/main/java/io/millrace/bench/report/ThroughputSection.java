package io.millrace.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.backtest.page.Html;
import java.util.Map;
import java.util.Set;

/** Records per second of ours, limits and peers. Threading: stateless. */
final class ThroughputSection implements Section {
    private static final String OURS = "ours";
    private static final Set<String> LIMITS = Set.of("constant", "raw");

    @Override
    public String plots(Saved saved) {
        StringBuilder html = new StringBuilder();
        saved.result().path("rates").properties().forEach(pipeline -> html.append(rates(saved, pipeline)));
        Bars ratios = new Bars(
                "Ours against limits and peers", "how many times as fast ours is, median and range of the rounds");
        saved.result()
                .path("spread")
                .properties()
                .forEach(ratio -> ratios.add(
                        ratio.getKey().endsWith("/limit") ? Palette.OURS : Palette.PEER,
                        ratio.getKey(),
                        ratio.getValue(),
                        "×"));
        return html.append(ratios.isEmpty() ? "" : ratios.figure()).toString();
    }

    private static String rates(Saved saved, Map.Entry<String, JsonNode> pipeline) {
        Bars bars = new Bars(pipeline.getKey(), "records per second, median and range of the rounds");
        pipeline.getValue().properties().forEach(who -> {
            JsonNode ratio = saved.result().path("ratios").path(pipeline.getKey() + "/" + who.getKey());
            bars.add(
                    kind(who.getKey()),
                    who.getKey(),
                    who.getValue(),
                    ratio.isNumber() ? "ours " + Texts.number(ratio.asDouble()) + " ×" : null);
        });
        return bars.cutFar().figure();
    }

    private static String kind(String who) {
        if (who.equals(OURS)) {
            return Palette.OURS;
        }
        return LIMITS.contains(who) ? Palette.LIMIT : Palette.PEER;
    }

    @Override
    public String tables(Saved saved) {
        JsonNode result = saved.result();
        StringBuilder html = new StringBuilder(Trees.html(result.path("spread")));
        html.append(Html.element("h3", "Who ran, and how")).append(Trees.html(result.path("settings")));
        for (JsonNode left : result.path("leftOut")) {
            html.append(Html.element("p", left.asText()));
        }
        return html.toString();
    }
}
