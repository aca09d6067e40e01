package io.millrace.bench.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContestTest {
    private final List<String> runs = new ArrayList<>();

    private record Stopwatch(String name, double rate, List<String> runs) implements Entrant {
        @Override
        public double run(Round round) {
            runs.add(name + " " + round.number() + " " + round.input());
            return rate + round.number();
        }

        @Override
        public Map<String, Object> settings() {
            return Map.of("rate", rate);
        }

        @Override
        public void close() {
            runs.add(name + " closed");
        }
    }

    private static final class TwoTopics implements Course {
        @Override
        public Round warmUp(int attempt) {
            return new Round(-attempt, "brief", 100);
        }

        @Override
        public Round round(int number, boolean brief) {
            return brief ? new Round(number, "brief", 100) : new Round(number, "whole", 1_000);
        }
    }

    @Test
    void warmsUpAndThenBeginsEachRoundWithAnotherAndSparesTheSlowOnesTheWholeTopic() throws Exception {
        Contest.Outcome outcome;
        try (Contest contest = new Contest(
                List.of(new Stopwatch("quick", 500, runs), new Stopwatch("slow", 10, runs)), new TwoTopics(), 4)) {
            outcome = contest.run(2, name -> {});
        }

        assertThat(runs)
                .containsExactly(
                        "quick 0 brief",
                        "quick -1 brief",
                        "quick -2 brief",
                        "quick -3 brief",
                        "slow 0 brief",
                        "slow -1 brief",
                        "slow -2 brief",
                        "slow -3 brief",
                        "slow 1 brief",
                        "quick 1 whole",
                        "quick 2 whole",
                        "slow 2 brief",
                        "quick closed",
                        "slow closed");
        assertThat(outcome.rates())
                .containsEntry("quick", List.of(501.0, 502.0))
                .containsEntry("slow", List.of(11.0, 12.0));
        assertThat(outcome.settings()).containsEntry("slow", Map.of("rate", 10.0));
    }
}
