package io.millrace.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Texts per second, by form and way. Threading: stateless. */
final class TextSection implements Section {

    @Override
    public String plots(Saved saved) {
        Map<String, Bars> forms = new LinkedHashMap<>();
        for (JsonNode line : saved.result().path("lines")) {
            String way = line.path("way").asText();
            forms.computeIfAbsent(
                            line.path("form").asText(),
                            form -> new Bars(form, "texts per second, median and range of the rounds"))
                    .add(
                            way.equals("raw") ? Palette.LIMIT : Palette.OURS,
                            way,
                            line.path("textsPerSecond"),
                            Texts.number(line.path("ofRaw").path("median").asDouble()) + " of raw");
        }
        StringBuilder html = new StringBuilder();
        forms.values().forEach(bars -> html.append(bars.cutFar().figure()));
        return html.toString();
    }
}
