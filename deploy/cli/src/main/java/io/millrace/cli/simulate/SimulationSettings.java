package io.millrace.cli.simulate;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

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
 * @param driftDay from this day on, counted from 0, fraudsters keep their amounts lower: see {@link FraudPlan}; null:
 *     never
 */
public record SimulationSettings(
        int customers,
        int terminals,
        int days,
        double radius,
        long seed,
        LocalDate start,
        @Nullable Integer driftDay) {

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
        if (driftDay != null && driftDay < 0) {
            throw new IllegalArgumentException("drift-day must not be negative, was " + driftDay);
        }
    }

    /** A world that stays as it is. */
    public SimulationSettings(int customers, int terminals, int days, double radius, long seed, LocalDate start) {
        this(customers, terminals, days, radius, seed, start, null);
    }

    /** The same world, in which fraudsters keep their amounts lower from a day on. */
    public SimulationSettings withDriftDay(int day) {
        return new SimulationSettings(customers, terminals, days, radius, seed, start, day);
    }

    /** Whether fraudsters keep their amounts lower on a day. */
    boolean isDrifted(int day) {
        return driftDay != null && day >= driftDay;
    }

    private static void requireAtLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, was " + value);
        }
    }
}
