package io.millrace.cli.backtest.page;

/** The page around the parts, with its style for light and dark. Threading: stateless. */
public final class Style {
    private static final String CSS = """
            :root { color-scheme: light dark; --ink: #1c2330; --soft: #5a6475; --ground: #ffffff; --card: #f5f7fa;
              --grid: #dde2ea; --static: #8a5a00; --adaptive: #0b62c4; --retrain: #6b3fa0; --accepted: #1a7f37;
              --refused: #c0392b; --postponed: #7a8594; --ideal: #9aa4b2; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #a3adbd; --ground: #11151c;
              --card: #1a202a; --grid: #2c3542; --static: #e3a83b; --adaptive: #6db3ff; --retrain: #c29bf2;
              --accepted: #4fc26a; --refused: #ff7b6b; --postponed: #8b97a8; --ideal: #6b7686; } }
            * { box-sizing: border-box; }
            body { margin: 0 auto; max-width: 1180px; padding: 24px; background: var(--ground); color: var(--ink);
              font: 15px/1.5 system-ui, sans-serif; }
            h1 { font-size: 26px; margin: 0 0 4px; overflow-wrap: anywhere; } h2 { font-size: 19px; margin: 36px 0 8px; }
            p.lead { font-size: 17px; margin: 8px 0 20px; max-width: 80ch; } .soft { color: var(--soft); }
            .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 500px), 1fr)); gap: 16px; }
            figure { margin: 0; padding: 14px 16px 8px; background: var(--card); border-radius: 8px; min-width: 0; }
            figure.wide { grid-column: 1 / -1; } figcaption { font-weight: 600; }
            .legend { margin: 2px 0 0; color: var(--soft); font-size: 13px; min-height: 20px; }
            .key { display: inline-block; width: 18px; height: 4px; border-radius: 2px; margin: 0 6px 3px 10px;
              background: currentColor; vertical-align: middle; }
            .key.round { width: 9px; height: 9px; border-radius: 50%; }
            svg { width: 100%; height: auto; display: block; } svg text { font-size: 11.5px; fill: var(--soft); }
            .static { color: var(--static); } .adaptive { color: var(--adaptive); } .retrain { color: var(--retrain); }
            .accepted, .first { color: var(--accepted); } .refused { color: var(--refused); }
            .postponed { color: var(--postponed); } .ideal { color: var(--ideal); }
            .line { fill: none; stroke: currentColor; stroke-width: 2; } .line.ideal { stroke-dasharray: 4 4; }
            .dot, .mark { fill: currentColor; } .bar { fill: currentColor; }
            .through { stroke: currentColor; stroke-width: 1; stroke-dasharray: 2 4; opacity: .55; }
            .grid { stroke: var(--grid); } .axis { stroke: var(--soft); }
            .scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: 13.5px; }
            th { text-align: left; color: var(--soft); font-weight: 600; } th, td { padding: 4px 14px 4px 0;
              border-bottom: 1px solid var(--grid); vertical-align: top; } td.number { font-variant-numeric: tabular-nums;
              white-space: nowrap; } td.nowrap { white-space: nowrap; } td.reason { min-width: 320px; }
            .verdict { font-weight: 600; } pre { background: var(--card); padding: 12px; border-radius: 8px;
              overflow-x: auto; font-size: 12.5px; }
            """;

    private Style() {}

    /** A whole page. */
    public static String page(String title, String body) {
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + Html.element("title", title) + "<style>\n" + CSS + "</style>\n</head>\n<body>\n" + body
                + "</body>\n</html>\n";
    }
}
