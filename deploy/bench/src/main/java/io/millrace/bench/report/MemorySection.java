package io.millrace.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;

/** Memory and what is held open, over many swaps. Threading: stateless. */
final class MemorySection implements Section {
    private static final String SWAPS = "swaps";
    private static final String BYTES = "Bytes";
    private static final double MEGABYTE = 1e6;

    @Override
    public String plots(Saved saved) {
        Series memory = new Series("Memory over swaps", SWAPS, "MB");
        Series held = new Series("Held open over swaps", SWAPS, "count");
        for (JsonNode point : saved.result().path("points")) {
            double swaps = point.path(SWAPS).asDouble();
            JsonNode amounts = point.path("memory");
            for (Iterator<String> names = amounts.fieldNames(); names.hasNext(); ) {
                String name = names.next();
                double amount = amounts.path(name).asDouble();
                if (amount < 0) {
                    continue; // what could not be found out
                }
                if (name.endsWith(BYTES)) {
                    memory.add(
                            Texts.words(name.substring(0, name.length() - BYTES.length())), swaps, amount / MEGABYTE);
                } else {
                    held.add(Texts.words(name), swaps, amount);
                }
            }
        }
        return memory.figure() + held.figure();
    }
}
