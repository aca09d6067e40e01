package io.millrace.cli.simulate;

import java.time.LocalDate;

/**
 * What a simulated world is like.
 *
 * <p>Threading: immutable. Units: places lie on a square of 100 by 100; the radius has the same unit.
 *
 * @param customers how many customers there are
 * @param terminals how many terminals there are
 * @param days how many days are simulated
 * @param radius a customer uses the terminals closer than this
 * @param seed same seed, same transactions
 * @param start the first day (UTC)
 */
public record SimulationSettings(int customers, int terminals, int days, double radius, long seed, LocalDate start) {

    /** The size of the world of the handbook: about 1.75 million transactions. */
    public static final SimulationSettings STANDARD =
            new SimulationSettings(5_000, 10_000, 183, 5, 0, LocalDate.of(2018, 4, 1));

    public SimulationSettings {
        requireAtLeastOne("customers", customers);
        requireAtLeastOne("terminals", terminals);
        requireAtLeastOne("days", days);
        if (!(radius > 0)) {
            throw new IllegalArgumentException("radius must be above 0, was " + radius);
        }
    }

    private static void requireAtLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, was " + value);
        }
    }
}
