package io.millrace.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.backtest.page.Html;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long events wait for their scores, by load and by setting. Threading: stateless. */
final class LatencySection implements Section {
    private static final List<String> PERCENTILES = List.of("p50", "p90", "p99", "p999", "p9999", "max");

    @Override
    public String plots(Saved saved) {
        Map<String, Curves> bySetting = new LinkedHashMap<>();
        Map<Long, Curves> byLoad = new LinkedHashMap<>();
        String pipeline = saved.result().path("pipeline").asText();
        for (JsonNode line : saved.result().path("lines")) {
            String setting = setting(line);
            long load = line.path("load").asLong();
            bySetting
                    .computeIfAbsent(setting, name -> new Curves(pipeline + ", " + name + ": latency by load"))
                    .add(load + " %", line.path("latency"));
            byLoad.computeIfAbsent(load, name -> new Curves(pipeline + ", " + name + " % load: latency by guarantee"))
                    .add(setting, line.path("latency"));
        }
        StringBuilder html = new StringBuilder();
        byLoad.values().forEach(curves -> html.append(curves.figure()));
        bySetting.values().forEach(curves -> html.append(curves.figure()));
        return html.toString();
    }

    private static String setting(JsonNode line) {
        String guarantee =
                line.path("guarantee").asText().toLowerCase(Locale.ROOT).replace('_', '-');
        return guarantee + " " + line.path("commitMillis").asLong() + " ms";
    }

    @Override
    public String tables(Saved saved) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode line : saved.result().path("lines")) {
            List<String> row = new ArrayList<>();
            row.add(Html.escape(setting(line)));
            row.add(number(line.path("maximumRate").asDouble()));
            row.add(number(line.path("load").asDouble()));
            row.add(number(line.path("rate").asDouble()));
            PERCENTILES.forEach(
                    name -> row.add(number(line.path("latency").path(name).asDouble())));
            row.add(number(line.path("latestSendMillis").asDouble()));
            row.add(
                    line.path("keptUp").asBoolean(true)
                            ? "yes"
                            : "<td class=\"verdict refused\">no: these grow with time</td>");
            rows.add(row);
        }
        return Html.element(
                        "p",
                        "Load is a share of what the setting can take at most. Milliseconds from when an event was due.")
                + Html.table(
                        List.of(
                                "Setting",
                                "At most/s",
                                "Load %",
                                "Events/s",
                                "p50",
                                "p90",
                                "p99",
                                "p99.9",
                                "p99.99",
                                "max",
                                "Sent late by",
                                "Kept up"),
                        rows)
                + Html.element("h3", "Settings")
                + Trees.html(saved.result().path("settings"));
    }

    private static String number(double value) {
        return "<td class=\"number\">" + Texts.number(value) + "</td>";
    }
}
