package io.millrace.trainer.quantize;

import io.millrace.trainer.gate.Check;
import io.millrace.trainer.gate.GateReport;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model's int8 form and what was found about it.
 *
 * <p>Threading: immutable as long as nobody writes into the array, which is not copied.
 *
 * @param model the int8 form; null if the bundle has to go without
 * @param report what was compared: the float32 model's number first, then that of the int8 form
 */
@SuppressWarnings("ArrayRecordComponent") // written to a bundle, never compared
public record Int8Outcome(byte @Nullable [] model, GateReport report) {

    /** Whether the int8 form may go into the bundle. */
    public boolean accepted() {
        return report.accepted();
    }

    /** For the lineage: the verdict, and what of it does not depend on the machine. */
    public Map<String, String> lineage() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("int8", accepted() ? "accepted" : "left out: " + String.join("; ", report.reasons()));
        for (Check check : report.checks()) {
            if (!check.name().equals(Int8Export.SPEED)) {
                entries.put(check.name(), check.sentence());
            }
        }
        return entries;
    }
}
