package io.millrace.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TransactionSimulatorTest {

    private static final SimulationSettings SMALL =
            new SimulationSettings(1_000, 2_000, 60, 5, 7, LocalDate.of(2018, 4, 1));
    private static final List<SimulatedTransaction> TRANSACTIONS = simulate(SMALL);

    @Test
    void transactionsAreNumberedInTheOrderOfTime() {
        for (int index = 0; index < TRANSACTIONS.size(); index++) {
            assertThat(TRANSACTIONS.get(index).id()).isEqualTo(index);
            if (index > 0) {
                assertThat(TRANSACTIONS.get(index).timeSeconds())
                        .isGreaterThanOrEqualTo(TRANSACTIONS.get(index - 1).timeSeconds());
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameTransactionsAndAnotherSeedOthers() {
        SimulationSettings other = new SimulationSettings(1_000, 2_000, 60, 5, 8, LocalDate.of(2018, 4, 1));

        assertThat(simulate(SMALL)).isEqualTo(TRANSACTIONS);
        assertThat(simulate(other)).isNotEqualTo(TRANSACTIONS);
    }

    @Test
    void aLongerSimulationBeginsLikeAShorterOne() {
        SimulationSettings shorter = new SimulationSettings(1_000, 2_000, 40, 5, 7, LocalDate.of(2018, 4, 1));
        List<SimulatedTransaction> begin = simulate(shorter);
        int wholeDays = 40 - FraudPlan.CARD_DAYS;

        assertThat(begin.stream().filter(t -> t.day() < wholeDays).toList())
                .isEqualTo(
                        TRANSACTIONS.stream().filter(t -> t.day() < wholeDays).toList());
    }

    @Test
    void fromTheDriftDayOnFraudstersKeepTheirAmountsLower() {
        int driftDay = 30;
        List<SimulatedTransaction> drifting = simulate(SMALL.withDriftDay(driftDay));

        assertThat(drifting).hasSameSizeAs(TRANSACTIONS);
        for (int index = 0; index < drifting.size(); index++) {
            SimulatedTransaction now = drifting.get(index);
            SimulatedTransaction before = TRANSACTIONS.get(index);
            if (now.day() < driftDay) {
                assertThat(now).isEqualTo(before);
            } else if (before.scenario() == FraudScenario.COMPROMISED_CARD) {
                assertThat(now.amountCents()).isLessThanOrEqualTo(before.amountCents() * 3 / 5);
            } else if (now.amountCents() > FraudPlan.DRIFTED_HIGH_AMOUNT_CENTS) {
                assertThat(now.fraud()).isTrue();
            } else {
                assertThat(now).isEqualTo(before);
            }
        }
        assertThatThrownBy(() -> SMALL.withDriftDay(-1)).hasMessageContaining("drift-day must not be negative");
    }

    @Test
    void customersBuyTwiceADayOnAverageAroundNoon() {
        double perCustomerAndDay = (double) TRANSACTIONS.size() / SMALL.customers() / SMALL.days();
        double meanSecond = TRANSACTIONS.stream()
                .mapToLong(t -> t.timeSeconds() % 86_400)
                .average()
                .orElseThrow();

        assertThat(perCustomerAndDay).isCloseTo(2 * 0.969, within(0.1));
        assertThat(meanSecond).isCloseTo(43_200, within(300.0));
    }

    @Test
    void highAmountsAreFraudsUnlessAnotherScenarioTookThem() {
        assertThat(TRANSACTIONS).filteredOn(t -> t.amount() > 220).isNotEmpty().allMatch(SimulatedTransaction::fraud);
        assertThat(TRANSACTIONS)
                .filteredOn(t -> t.scenario() == FraudScenario.HIGH_AMOUNT)
                .allMatch(t -> t.amount() > 220);
    }

    @Test
    void aCompromisedTerminalIsFraudulentForAllItsTransactionsOf28Days() {
        Map<Integer, Set<Integer>> fraudDays = new HashMap<>();
        TRANSACTIONS.stream()
                .filter(t -> t.scenario() == FraudScenario.COMPROMISED_TERMINAL)
                .forEach(t -> fraudDays
                        .computeIfAbsent(t.terminal(), unused -> new TreeSet<>())
                        .add(t.day()));

        assertThat(fraudDays).hasSizeBetween(80, 2 * SMALL.days());
        for (SimulatedTransaction honest :
                TRANSACTIONS.stream().filter(t -> !t.fraud()).toList()) {
            Set<Integer> days = fraudDays.get(honest.terminal());
            if (days != null) {
                boolean between = days.stream().anyMatch(day -> day <= honest.day())
                        && days.stream().anyMatch(day -> day >= honest.day());
                boolean oneSpell =
                        days.stream().mapToInt(Integer::intValue).max().orElseThrow()
                                        - days.stream()
                                                .mapToInt(Integer::intValue)
                                                .min()
                                                .orElseThrow()
                                < FraudPlan.TERMINAL_DAYS;
                assertThat(between && oneSpell)
                        .as("honest transaction %s inside the days %s", honest, days)
                        .isFalse();
            }
        }
    }

    @Test
    void aThirdOfACompromisedCardsTransactionsAreFiveTimesAsHigh() {
        Map<Integer, Long> honestMeans = TRANSACTIONS.stream()
                .filter(t -> t.scenario() == FraudScenario.NONE)
                .collect(Collectors.groupingBy(
                        SimulatedTransaction::customer,
                        Collectors.collectingAndThen(
                                Collectors.averagingLong(SimulatedTransaction::amountCents), Math::round)));
        List<SimulatedTransaction> frauds = TRANSACTIONS.stream()
                .filter(t -> t.scenario() == FraudScenario.COMPROMISED_CARD)
                .toList();
        double meanRatio = frauds.stream()
                .filter(t -> honestMeans.containsKey(t.customer()))
                .mapToDouble(t -> (double) t.amountCents() / Objects.requireNonNull(honestMeans.get(t.customer())))
                .average()
                .orElseThrow();

        // 3 cards a day, a third of about 14 x 2 purchases each; every amount a multiple of five cents.
        assertThat(frauds.size()).isBetween(1_000, 1_800);
        assertThat(frauds).allMatch(t -> t.amountCents() % 5 == 0);
        assertThat(meanRatio).isBetween(4.5, 5.7);
    }

    @Test
    void aCustomerWithoutATerminalCloseByBuysNothing() {
        SimulationSettings empty = new SimulationSettings(5, 1, 3, 1e-6, 1, LocalDate.of(2018, 4, 1));
        TransactionSimulator simulator = new TransactionSimulator(empty);

        assertThat(simulator.hasNext()).isFalse();
        assertThatThrownBy(simulator::next)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("after 3 days");
    }

    @Test
    void impossibleSettingsAreRefusedByNameAndValue() {
        LocalDate start = LocalDate.of(2018, 4, 1);

        assertThatThrownBy(() -> new SimulationSettings(0, 1, 1, 5, 1, start))
                .hasMessageContaining("customers")
                .hasMessageContaining("was 0");
        assertThatThrownBy(() -> new SimulationSettings(1, -1, 1, 5, 1, start)).hasMessageContaining("terminals");
        assertThatThrownBy(() -> new SimulationSettings(1, 1, 0, 5, 1, start)).hasMessageContaining("days");
        assertThatThrownBy(() -> new SimulationSettings(1, 1, 1, 0, 1, start)).hasMessageContaining("radius");
    }

    private static List<SimulatedTransaction> simulate(SimulationSettings settings) {
        List<SimulatedTransaction> transactions = new ArrayList<>();
        new TransactionSimulator(settings).forEachRemaining(transactions::add);
        return transactions;
    }
}
