package io.millrace.bench.arena;

import io.millrace.cli.simulate.SimulatedTransaction;
import io.millrace.cli.simulate.TransactionSimulator;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.state.EntityLabel;
import io.millrace.inference.feature.state.OfflineFeatures;
import io.millrace.schemas.codec.Event;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Features of simulated transactions, with what turned out to be true of them; labels come a week late.
 *
 * <p>Threading: immutable.
 */
public record FraudRows(List<Row> rows) {
    private static final long LABELS_AFTER_MILLIS = Duration.ofDays(7).toMillis();

    /**
     * A transaction.
     *
     * @param features in the order of the feature set
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Row(String customer, long timeMillis, double[] features, boolean fraud) {}

    /**
     * Computes features.
     *
     * @param features over the amount, and customer and terminal as entities
     * @param fromDay the first day whose transactions are kept; those before only fill the windows
     * @param count transactions that are kept
     */
    public static FraudRows of(FraudLoad load, FeatureSet features, int fromDay, int count) {
        OfflineFeatures engine = new OfflineFeatures(features);
        ArrayDeque<SimulatedTransaction> unlabelled = new ArrayDeque<>();
        List<Row> rows = new ArrayList<>(count);
        TransactionSimulator simulator = new TransactionSimulator(load.world());
        while (rows.size() < count && simulator.hasNext()) {
            SimulatedTransaction now = simulator.next();
            long nowMillis = load.timeMillis(now);
            for (SimulatedTransaction old = unlabelled.peek();
                    old != null && load.timeMillis(old) + LABELS_AFTER_MILLIS <= nowMillis;
                    old = unlabelled.peek()) {
                unlabelled.remove();
                long eventMillis = load.timeMillis(old);
                engine.label(
                        event(load, features, old),
                        new EntityLabel(
                                EventIds.of(old.id()),
                                eventMillis,
                                eventMillis + LABELS_AFTER_MILLIS,
                                old.fraud(),
                                false));
            }
            double[] row = engine.event(event(load, features, now));
            unlabelled.add(now);
            if (now.day() >= fromDay) {
                rows.add(new Row(FraudLoad.customer(now), nowMillis, row, now.fraud()));
            }
        }
        return new FraudRows(List.copyOf(rows));
    }

    private static Event event(FraudLoad load, FeatureSet features, SimulatedTransaction simulated) {
        String[] keys = features.shape().keyFields().stream()
                .map(field ->
                        field.equals("customer_id") ? FraudLoad.customer(simulated) : FraudLoad.terminal(simulated))
                .toArray(String[]::new);
        return new Event(
                EventIds.of(simulated.id()), load.timeMillis(simulated), keys, new double[] {simulated.amount()}, null);
    }
}
