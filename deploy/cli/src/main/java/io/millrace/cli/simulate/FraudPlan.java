package io.millrace.cli.simulate;

import io.millrace.cli.simulate.SimulationRandom.Purpose;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which terminals and cards are compromised when. Days are opened one after the other; what lies behind is
 * forgotten.
 *
 * <p>From the drift day on, if there is one, fraudsters are more careful: what is a fraud for its amount alone begins at
 * 180 instead of 220, and a purchase with a compromised card is three times as high instead of five. Which cards,
 * terminals and purchases are hit does not change.
 *
 * <p>Threading: confined to the simulator that owns it.
 */
final class FraudPlan {

    static final long HIGH_AMOUNT_CENTS = 22_000;
    static final int TERMINAL_DAYS = 28;
    static final int CARD_DAYS = 14;
    private static final int TERMINALS_PER_DAY = 2;
    private static final int CARDS_PER_DAY = 3;
    private static final int CARD_FACTOR = 5;
    static final long DRIFTED_HIGH_AMOUNT_CENTS = 18_000;
    private static final int DRIFTED_CARD_FACTOR = 3;

    /** One purchase of one card: its day, and its place among the purchases of that day. */
    private record Slot(int customer, int day, int place) {}

    private final SimulationSettings settings;
    private final List<Customer> customers;
    private final Map<Integer, Integer> terminalsUntilDay = new HashMap<>();
    private final Map<Integer, Map<Slot, Integer>> chosenByDay = new HashMap<>();
    private Map<Slot, Integer> chosenToday = Map.of();

    FraudPlan(SimulationSettings settings, List<Customer> customers) {
        this.settings = settings;
        this.customers = customers;
    }

    /** Compromises the terminals and cards of a day, and forgets what ended before it. */
    void open(int day) {
        terminalsUntilDay.values().removeIf(until -> until <= day);
        for (int terminal :
                distinct(TERMINALS_PER_DAY, settings.terminals(), random(Purpose.COMPROMISED_TERMINALS, day, 0))) {
            terminalsUntilDay.put(terminal, day + TERMINAL_DAYS);
        }
        for (int customer : distinct(CARDS_PER_DAY, settings.customers(), random(Purpose.COMPROMISED_CARDS, day, 0))) {
            compromiseCard(customers.get(customer), day);
        }
        Map<Slot, Integer> today = chosenByDay.remove(day);
        chosenToday = today == null ? Map.of() : today;
    }

    /** What becomes of a purchase of the day that is open. A later scenario takes the place of an earlier one. */
    Outcome outcome(int customer, int day, int place, Customer.Purchase purchase) {
        long amountCents = purchase.amountCents();
        FraudScenario scenario = FraudScenario.NONE;
        boolean drifted = settings.isDrifted(day);
        if (amountCents > (drifted ? DRIFTED_HIGH_AMOUNT_CENTS : HIGH_AMOUNT_CENTS)) {
            scenario = FraudScenario.HIGH_AMOUNT;
        }
        if (terminalsUntilDay.containsKey(purchase.terminal())) {
            scenario = FraudScenario.COMPROMISED_TERMINAL;
        }
        Integer timesChosen = chosenToday.get(new Slot(customer, day, place));
        if (timesChosen != null) {
            scenario = FraudScenario.COMPROMISED_CARD;
            for (int time = 0; time < timesChosen; time++) {
                amountCents *= drifted ? DRIFTED_CARD_FACTOR : CARD_FACTOR;
            }
        }
        return new Outcome(amountCents, scenario);
    }

    /** The amount that is paid in the end, and why it is a fraud. */
    record Outcome(long amountCents, FraudScenario scenario) {}

    private void compromiseCard(Customer customer, int day) {
        List<Slot> slots = new ArrayList<>();
        for (int ahead = day; ahead < Math.min(day + CARD_DAYS, settings.days()); ahead++) {
            int purchases = customer.purchasesOf(ahead).size();
            for (int place = 0; place < purchases; place++) {
                slots.add(new Slot(customer.number(), ahead, place));
            }
        }
        SimulationRandom random = random(Purpose.COMPROMISED_CARD_CHOICE, day, customer.number());
        for (int index : distinct(slots.size() / 3, slots.size(), random)) {
            Slot slot = slots.get(index);
            chosenByDay.computeIfAbsent(slot.day(), unused -> new HashMap<>()).merge(slot, 1, Integer::sum);
        }
    }

    private SimulationRandom random(Purpose purpose, int first, int second) {
        return SimulationRandom.of(settings.seed(), purpose, first, second);
    }

    /** Different numbers below the bound; as many as wanted, or all there are. */
    private static Set<Integer> distinct(int wanted, int bound, SimulationRandom random) {
        Set<Integer> chosen = new HashSet<>();
        while (chosen.size() < Math.min(wanted, bound)) {
            chosen.add(random.below(bound));
        }
        return chosen;
    }
}
