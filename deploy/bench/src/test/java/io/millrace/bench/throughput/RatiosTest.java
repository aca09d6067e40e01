package io.millrace.bench.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.Spread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RatiosTest {

    @Test
    void dividesRoundByRoundAndTakesTheSlowestOfARoundForTheLimit() {
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        rates.put("constant", List.of(100.0, 400.0, 100.0));
        rates.put("raw", List.of(200.0, 200.0, 200.0));
        rates.put("ours", List.of(90.0, 100.0, 80.0));

        Map<String, Spread> ratios = Ratios.of("stateless", rates, List.of("constant", "raw", "absent"));

        assertThat(ratios)
                .containsOnlyKeys("stateless/limit", "stateless/constant", "stateless/raw")
                .containsEntry("stateless/limit", new Spread(0.5, 0.8, 0.9))
                .containsEntry("stateless/constant", new Spread(0.25, 0.8, 0.9))
                .containsEntry("stateless/raw", new Spread(0.4, 0.45, 0.5));
    }

    @Test
    void saysNothingOfALimitThatDidNotTakePart() {
        assertThat(Ratios.of("text", Map.of("ours", List.of(1.0)), List.of("raw")))
                .isEmpty();
    }
}
