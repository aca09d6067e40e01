package io.millrace.bench.throughput;

import io.millrace.bench.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Millrace's speed as a multiple of others', round by round. Threading: stateless. */
final class Ratios {
    private Ratios() {}

    /**
     * The ratios of a pipeline: against its limit, and against each who took part.
     *
     * @param rates by name and round
     * @param limits the names whose slowest, in a round, is the limit; those who did not take part are passed over
     */
    static Map<String, Spread> of(String pipeline, Map<String, List<Double>> rates, List<String> limits) {
        Map<String, Spread> ratios = new LinkedHashMap<>();
        List<Double> ours = rates.getOrDefault(Entrant.OURS, List.of());
        List<List<Double>> slowest =
                limits.stream().filter(rates::containsKey).map(rates::get).toList();
        if (!slowest.isEmpty()) {
            ratios.put(pipeline + "/limit", Spread.of(against(ours, slowest)));
        }
        rates.forEach((name, others) -> {
            if (!name.equals(Entrant.OURS)) {
                ratios.put(pipeline + "/" + name, Spread.of(against(ours, List.of(others))));
            }
        });
        return ratios;
    }

    private static List<Double> against(List<Double> ours, List<List<Double>> others) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ours.size(); round++) {
            int at = round;
            double slowest =
                    others.stream().mapToDouble(rates -> rates.get(at)).min().orElseThrow();
            ratios.add(ours.get(round) / slowest);
        }
        return ratios;
    }
}
