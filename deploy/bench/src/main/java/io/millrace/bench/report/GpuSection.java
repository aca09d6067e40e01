package io.millrace.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** A device's speed by batch, and its memory over swaps. Threading: stateless. */
final class GpuSection implements Section {
    private static final double MEGABYTE = 1e6;

    @Override
    public String plots(Saved saved) {
        Map<String, Series> speed = new LinkedHashMap<>();
        for (JsonNode line : saved.result().path("throughput")) {
            String model = line.path("model").asText();
            double batch = line.path("batch").asDouble();
            speed.computeIfAbsent(
                            model,
                            name -> new Series(name + ": rows per second by batch", "rows per batch", "rows per second")
                                    .logX()
                                    .logY())
                    .add("ours", batch, line.path("ours").path("median").asDouble())
                    .add(
                            "ONNX Runtime alone",
                            batch,
                            line.path("raw").path("median").asDouble());
        }
        Series memory = new Series("Resident memory over swaps", "swaps", "MB");
        Series device = new Series("Memory of the GPU over swaps", "swaps", "MB");
        for (JsonNode line : saved.result().path("memory")) {
            String model = line.path("model").asText();
            double swaps = line.path("swaps").asDouble();
            memory.add(model, swaps, line.path("residentBytes").asDouble() / MEGABYTE);
            if (line.path("deviceBytes").isNumber()) {
                device.add(model, swaps, line.path("deviceBytes").asDouble() / MEGABYTE);
            }
        }
        StringBuilder html = new StringBuilder();
        speed.values().forEach(series -> html.append(series.figure()));
        return html.append(memory.figure()).append(device.figure()).toString();
    }
}
