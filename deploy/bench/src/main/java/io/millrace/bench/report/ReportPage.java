package io.millrace.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.backtest.page.Html;
import io.millrace.cli.backtest.page.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The page: targets first, then a section for each saved result, those of the known benchmarks in a fixed order.
 *
 * <p>Threading: immutable. The same results give the same bytes.
 */
public final class ReportPage {
    private static final String TITLE = "Millrace: what was measured";
    private static final String CSS = """
            .bars { display: grid; grid-template-columns: minmax(60px, max-content) minmax(60px, 1fr) max-content;
              gap: 6px 12px; align-items: center; padding: 8px 0 10px; font-size: 13.5px; }
            .bars .row { display: contents; } .bars span { overflow-wrap: anywhere; } .bars svg { height: 20px; }
            .bars .value { font-variant-numeric: tabular-nums; text-align: right; }
            .spread { fill: none; stroke: var(--ink); stroke-width: 1.5; opacity: .75; vector-effect: non-scaling-stroke; }
            .cut { fill: none; stroke: var(--card); stroke-width: 2.5; vector-effect: non-scaling-stroke; }
            .bar.postponed { opacity: .7; } .bar.beyond { opacity: .45; }
            h3 { font-size: 15px; margin: 16px 0 4px; } section { margin-top: 40px; }
            section > h2 { margin: 0 0 2px; } section > p.soft { margin: 0 0 12px; font-size: 13px; overflow-wrap: anywhere; }
            details { margin-top: 12px; } summary { cursor: pointer; color: var(--soft); }
            nav { margin: 14px 0 0; font-size: 14px; } nav a { margin-right: 14px; color: var(--adaptive); }
            td table { width: auto; }
            @media (max-width: 640px) { body { padding: 14px; } figure { padding: 10px 10px 6px; overflow-x: auto; }
              figure > svg { min-width: 480px; } .bars { display: block; }
              .bars .row { display: grid; grid-template-columns: 1fr max-content; gap: 2px 10px; margin-bottom: 8px; }
              .bars svg { grid-column: 1 / -1; order: 1; } th, td { padding-right: 8px; } }
            """;

    private final Map<String, Saved> results = new TreeMap<>();

    /** A page of results by the names of their files. */
    public ReportPage(Map<String, JsonNode> saved) {
        saved.forEach((name, measured) -> results.put(name, new Saved(name, measured)));
    }

    /** One HTML file that needs nothing from outside. */
    public String html() {
        Targets targets = new Targets(results);
        StringBuilder body = new StringBuilder("<style>\n").append(CSS).append("</style>\n");
        body.append(Html.element("h1", TITLE));
        body.append("<p class=\"soft\">")
                .append(Html.escape(circumstances()))
                .append("</p>\n<p class=\"lead\">")
                .append(Html.escape(targets.inWords()))
                .append("</p>\n");
        body.append(targets.table()).append(links());
        inOrder().forEach(saved -> body.append(section(saved)));
        return Style.page(TITLE, body.toString());
    }

    private String circumstances() {
        Set<String> machines = new LinkedHashSet<>();
        Set<String> commits = new LinkedHashSet<>();
        results.values().forEach(saved -> {
            machines.add(saved.machine());
            commits.add(saved.text("commit"));
        });
        return results.isEmpty()
                ? "No results yet: run a benchmark with --save."
                : "Measured on " + String.join("; and on ", machines) + ". "
                        + (commits.size() == 1 ? "Commit " : "Commits ") + String.join(", ", commits)
                        + ". Ratios are of one run on one machine.";
    }

    private String links() {
        StringBuilder links = new StringBuilder("<nav>");
        for (Saved saved : inOrder()) {
            links.append("<a href=\"#")
                    .append(Html.escape(saved.name()))
                    .append("\">")
                    .append(Html.escape(saved.name()))
                    .append("</a> ");
        }
        return links.append("</nav>\n").toString();
    }

    private List<Saved> inOrder() {
        List<Saved> order = new ArrayList<>();
        sections().keySet().stream()
                .filter(results::containsKey)
                .map(results::get)
                .forEach(order::add);
        results.values().stream()
                .filter(saved -> !sections().containsKey(saved.name()))
                .forEach(order::add);
        return order;
    }

    private static String section(Saved saved) {
        Section section = sections().getOrDefault(saved.benchmark(), new PlainSection());
        String plots = section.plots(saved);
        StringBuilder html = new StringBuilder("<section id=\"")
                .append(Html.escape(saved.name()))
                .append("\">\n");
        html.append(Html.element("h2", saved.name()));
        html.append("<p class=\"soft\">")
                .append(Html.escape(saved.text("command")))
                .append("<br>")
                .append(Html.escape(
                        saved.text("measuredAt") + ", commit " + saved.text("commit") + ", " + saved.machine()))
                .append("<br>")
                .append(Html.escape(saved.versions()))
                .append("</p>\n");
        if (!plots.isEmpty()) {
            html.append("<div class=\"plots\">\n").append(plots).append("</div>\n");
        }
        html.append(plots.isEmpty() ? "<details open>" : "<details>")
                .append("<summary>Numbers and settings</summary>\n")
                .append(section.tables(saved))
                .append(Html.element("h3", "Options"))
                .append(Trees.html(saved.settings()));
        return html.append("</details>\n</section>\n").toString();
    }

    private static Map<String, Section> sections() {
        Map<String, Section> sections = new LinkedHashMap<>();
        sections.put("throughput", new ThroughputSection());
        sections.put("text", new TextSection());
        sections.put("latency", new LatencySection());
        sections.put("swap", new SwapSection());
        sections.put("soak", new MemorySection());
        sections.put("scale", new ScaleSection());
        sections.put("restore", new RestoreSection());
        sections.put("training", new TrainingSection());
        sections.put("label-to-live", new TrainingSection());
        sections.put("micro", new MicroSection());
        sections.put("gpu", new GpuSection());
        return sections;
    }
}
