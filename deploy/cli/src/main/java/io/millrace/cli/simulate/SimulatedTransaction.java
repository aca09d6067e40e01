package io.millrace.cli.simulate;

/**
 * One transaction of the simulated world.
 *
 * <p>Threading: immutable. Units: seconds since the start of the first day; the amount in cents.
 *
 * @param id counts from 0 in the order of time
 * @param timeSeconds seconds since the start of the simulation
 * @param customer number of the customer
 * @param terminal number of the terminal
 * @param amountCents what was paid
 * @param scenario why it is a fraud, or {@link FraudScenario#NONE}
 */
public record SimulatedTransaction(
        long id, long timeSeconds, int customer, int terminal, long amountCents, FraudScenario scenario) {

    /** Days since the start of the simulation. */
    public int day() {
        return Math.toIntExact(timeSeconds / 86_400);
    }

    public boolean fraud() {
        return scenario != FraudScenario.NONE;
    }

    public double amount() {
        return amountCents / 100.0;
    }
}
