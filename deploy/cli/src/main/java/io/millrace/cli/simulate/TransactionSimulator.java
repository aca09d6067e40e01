package io.millrace.cli.simulate;

import io.millrace.cli.simulate.SimulationRandom.Purpose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Makes up card transactions by the published rules of the fraud detection handbook, one day at a time, in the
 * order of time.
 *
 * <p>Threading: confined to one thread. Lifecycle: holds one day of transactions and the profiles of the
 * customers; nothing to close. The same settings give the same transactions on every machine.
 */
public final class TransactionSimulator implements Iterator<SimulatedTransaction> {

    private static final long DAY_SECONDS = 86_400;

    private final SimulationSettings settings;
    private final List<Customer> customers;
    private final FraudPlan frauds;
    private List<SimulatedTransaction> today = List.of();
    private int nextOfToday;
    private int nextDay;
    private long nextId;

    public TransactionSimulator(SimulationSettings settings) {
        this.settings = settings;
        this.customers = drawCustomers(settings);
        this.frauds = new FraudPlan(settings, customers);
        fillUntilSomethingHappens();
    }

    private static List<Customer> drawCustomers(SimulationSettings settings) {
        double[] xs = new double[settings.terminals()];
        double[] ys = new double[settings.terminals()];
        for (int terminal = 0; terminal < xs.length; terminal++) {
            SimulationRandom random = SimulationRandom.of(settings.seed(), Purpose.TERMINAL_PLACE, terminal, 0);
            xs[terminal] = random.uniform(0, 100);
            ys[terminal] = random.uniform(0, 100);
        }
        List<Customer> customers = new ArrayList<>(settings.customers());
        for (int number = 0; number < settings.customers(); number++) {
            customers.add(Customer.draw(number, settings, xs, ys));
        }
        return customers;
    }

    @Override
    public boolean hasNext() {
        return nextOfToday < today.size();
    }

    @Override
    public SimulatedTransaction next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the simulation ended after " + settings.days() + " days");
        }
        SimulatedTransaction transaction = today.get(nextOfToday++);
        if (nextOfToday == today.size()) {
            fillUntilSomethingHappens();
        }
        return transaction;
    }

    private void fillUntilSomethingHappens() {
        today = List.of();
        nextOfToday = 0;
        while (today.isEmpty() && nextDay < settings.days()) {
            today = simulate(nextDay++);
        }
    }

    private List<SimulatedTransaction> simulate(int day) {
        frauds.open(day);
        List<SimulatedTransaction> transactions = new ArrayList<>();
        for (Customer customer : customers) {
            int place = 0;
            for (Customer.Purchase purchase : customer.purchasesOf(day)) {
                FraudPlan.Outcome outcome = frauds.outcome(customer.number(), day, place++, purchase);
                transactions.add(new SimulatedTransaction(
                        0,
                        day * DAY_SECONDS + purchase.secondOfDay(),
                        customer.number(),
                        purchase.terminal(),
                        outcome.amountCents(),
                        outcome.scenario()));
            }
        }
        transactions.sort(Comparator.comparingLong(SimulatedTransaction::timeSeconds));
        transactions.replaceAll(this::numbered);
        return transactions;
    }

    private SimulatedTransaction numbered(SimulatedTransaction drawn) {
        return new SimulatedTransaction(
                nextId++,
                drawn.timeSeconds(),
                drawn.customer(),
                drawn.terminal(),
                drawn.amountCents(),
                drawn.scenario());
    }
}
