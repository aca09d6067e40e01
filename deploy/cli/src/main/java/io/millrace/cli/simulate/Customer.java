package io.millrace.cli.simulate;

import io.millrace.cli.simulate.SimulationRandom.Purpose;
import java.util.ArrayList;
import java.util.List;

/**
 * A customer's habits. What a customer does on a day depends on the seed, the customer and the day only, so
 * that any day can be drawn again.
 *
 * <p>Threading: immutable. Units: amounts in the currency, seconds of the day.
 */
final class Customer {

    private static final double NOON_SECONDS = 43_200;
    private static final double SPREAD_SECONDS = 20_000;
    private static final int DAY_SECONDS = 86_400;

    private final int number;
    private final long seed;
    private final double meanAmount;
    private final double transactionsPerDay;
    private final int[] terminals;

    private Customer(int number, long seed, double meanAmount, double transactionsPerDay, int[] terminals) {
        this.number = number;
        this.seed = seed;
        this.meanAmount = meanAmount;
        this.transactionsPerDay = transactionsPerDay;
        this.terminals = terminals;
    }

    /** Draws the customer's place and habits, and finds the terminals close by. */
    static Customer draw(int number, SimulationSettings settings, double[] terminalXs, double[] terminalYs) {
        SimulationRandom random = SimulationRandom.of(settings.seed(), Purpose.CUSTOMER_PROFILE, number, 0);
        double x = random.uniform(0, 100);
        double y = random.uniform(0, 100);
        double meanAmount = random.uniform(5, 100);
        double transactionsPerDay = random.uniform(0, 4);
        List<Integer> near = new ArrayList<>();
        for (int terminal = 0; terminal < terminalXs.length; terminal++) {
            double dx = terminalXs[terminal] - x;
            double dy = terminalYs[terminal] - y;
            if (dx * dx + dy * dy < settings.radius() * settings.radius()) {
                near.add(terminal);
            }
        }
        int[] terminals = near.stream().mapToInt(Integer::intValue).toArray();
        return new Customer(number, settings.seed(), meanAmount, transactionsPerDay, terminals);
    }

    int number() {
        return number;
    }

    /** The honest purchases of a day, in the order they were drawn. */
    List<Purchase> purchasesOf(int day) {
        if (terminals.length == 0) {
            return List.of();
        }
        SimulationRandom random = SimulationRandom.of(seed, Purpose.CUSTOMER_DAY, number, day);
        int wanted = random.poisson(transactionsPerDay);
        List<Purchase> purchases = new ArrayList<>(wanted);
        for (int drawn = 0; drawn < wanted; drawn++) {
            int secondOfDay = (int) random.normal(NOON_SECONDS, SPREAD_SECONDS);
            if (secondOfDay > 0 && secondOfDay < DAY_SECONDS) {
                double amount = random.normal(meanAmount, meanAmount / 2);
                if (amount < 0) {
                    amount = random.uniform(0, 2 * meanAmount);
                }
                int terminal = terminals[random.below(terminals.length)];
                purchases.add(new Purchase(secondOfDay, terminal, Math.round(amount * 100)));
            }
        }
        return purchases;
    }

    /** A purchase before any fraud touches it. */
    record Purchase(int secondOfDay, int terminal, long amountCents) {}
}
