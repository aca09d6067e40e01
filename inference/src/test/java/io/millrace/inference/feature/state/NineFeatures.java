package io.millrace.inference.feature.state;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The nine features of fraud-9, written down step by step, each transaction in its turn. */
final class NineFeatures {
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private final Map<String, Customer> customers = new HashMap<>();
    private final Map<String, Terminal> terminals = new HashMap<>();

    double[] transaction(String customerId, String terminalId, long timeMillis, double amount, Past current) {
        Customer customer = customers.computeIfAbsent(customerId, id -> new Customer());
        Terminal terminal = terminals.computeIfAbsent(terminalId, id -> new Terminal());
        terminal.judgePast(timeMillis);
        double day = Math.floorDiv(timeMillis, DAY_MILLIS);
        double ratio = customer.ratio(amount);
        double[] features = {
            amount,
            ratio,
            customer.zScore(amount),
            customer.maxRatio(timeMillis, 14 * DAY_MILLIS),
            customer.maxRatio(timeMillis, 3 * DAY_MILLIS),
            terminal.run,
            terminal.run == 0 ? -1 : day - terminal.runStart,
            terminal.run == 0 ? -1 : terminal.legitBeforeRun == null ? 99 : day - terminal.legitBeforeRun,
            terminal.risk(timeMillis)
        };
        current.timeMillis = timeMillis;
        current.ratio = ratio;
        customer.add(amount, current);
        terminal.unjudged.add(current);
        terminal.all.add(current);
        return features;
    }

    /** A transaction; whether it was a fraud is looked at once it is seven days old. */
    static final class Past {
        private final boolean fraud;
        private long timeMillis;
        private double ratio;

        Past(boolean fraud) {
            this.fraud = fraud;
        }
    }

    private static final class Customer {
        private int k;
        private double m;
        private double q;
        private final List<Past> past = new ArrayList<>();

        double ratio(double amount) {
            return k == 0 ? 1 : amount / Math.max(m, 0.01);
        }

        double zScore(double amount) {
            double sd = k >= 5 ? Math.sqrt(Math.max(q / k - m * m, 0)) : m / 2;
            return k == 0 ? 0 : (amount - m) / Math.max(sd, 0.1 * m + 0.01);
        }

        double maxRatio(long timeMillis, long windowMillis) {
            double max = 0;
            for (int i = past.size() - 1; i >= 0 && past.get(i).timeMillis > timeMillis - windowMillis; i--) {
                max = Math.max(max, past.get(i).ratio);
            }
            return max;
        }

        void add(double amount, Past current) {
            k += 1;
            double v = k <= 3 ? amount : Math.min(amount, 3 * m);
            m += (v - m) / k;
            q += v * v;
            past.add(current);
        }
    }

    private static final class Terminal {
        private final Deque<Past> unjudged = new ArrayDeque<>();
        private final List<Past> all = new ArrayList<>();
        private int run;
        private double runStart;
        private @Nullable Double lastLegit;
        private @Nullable Double legitBeforeRun;

        void judgePast(long timeMillis) {
            while (!unjudged.isEmpty() && unjudged.getFirst().timeMillis <= timeMillis - 7 * DAY_MILLIS) {
                Past past = unjudged.removeFirst();
                double day = Math.floorDiv(past.timeMillis, DAY_MILLIS);
                if (!past.fraud) {
                    run = 0;
                    lastLegit = day;
                } else if (past.ratio <= 2) {
                    if (run == 0) {
                        runStart = day;
                        legitBeforeRun = lastLegit;
                    }
                    run += 1;
                }
            }
        }

        double risk(long timeMillis) {
            double frauds = 0;
            double count = 0;
            for (Past past : all) {
                if (past.timeMillis > timeMillis - 21 * DAY_MILLIS && past.timeMillis <= timeMillis - 7 * DAY_MILLIS) {
                    count++;
                    frauds += past.fraud ? 1 : 0;
                }
            }
            return count == 0 ? 0 : frauds / count;
        }
    }
}
