package io.millrace.trainer.round;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many examples a round used for what.
 *
 * <p>Threading: immutable.
 *
 * @param read all there were
 * @param training learned from
 * @param validation later ones, for early stopping
 * @param holdOut the latest ones, that the gate judged on
 * @param holdOutPositives how many of these are of the positive class
 * @param replay older ones that were mixed in
 * @param older older ones on which the gate looked for forgetting
 */
public record RoundCounts(
        int read, int training, int validation, int holdOut, int holdOutPositives, int replay, int older) {

    /** By name, as run records carry them. */
    public Map<String, Long> byName() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("read", (long) read);
        counts.put("training", (long) training);
        counts.put("validation", (long) validation);
        counts.put("hold-out", (long) holdOut);
        counts.put("hold-out-positive", (long) holdOutPositives);
        counts.put("replay", (long) replay);
        counts.put("older", (long) older);
        return counts;
    }
}
