package io.millrace.inference.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Card precision at k, the handbook's measure of what k cases a day are worth to an analyst: each day the k
 * cards with the highest score are looked into, and a card found compromised is not looked at again.
 *
 * <p>Threading: stateless.
 */
public final class CardPrecision {

    private CardPrecision() {}

    /**
     * One scored transaction.
     *
     * @param day the day it happened, as any whole number that grows with time
     * @param card whose transaction it is
     * @param score the model's probability of fraud
     * @param fraud the truth
     */
    public record CardRow(int day, String card, double score, boolean fraud) {}

    /** What is known of a card on one day. */
    private record CardDay(String card, double topScore, boolean fraud) {
        CardDay with(CardRow row) {
            return new CardDay(card, Math.max(topScore, row.score()), fraud || row.fraud());
        }
    }

    /**
     * The mean over the days of (compromised cards among the k of highest top score) / k. Cards found on an
     * earlier day are left out of the later ones. Cards of equal score are taken by their identifier.
     *
     * @throws IllegalArgumentException if there are no rows, or k is below 1
     */
    public static double atK(List<CardRow> rows, int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k must be at least 1, was " + k);
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("card precision needs at least one row: take a longer period");
        }
        Map<Integer, List<CardRow>> days = new TreeMap<>();
        for (CardRow row : rows) {
            days.computeIfAbsent(row.day(), day -> new ArrayList<>()).add(row);
        }
        Set<String> found = new HashSet<>();
        double sum = 0;
        for (List<CardRow> day : days.values()) {
            List<String> hits = hitsOfDay(day, found, k);
            found.addAll(hits);
            sum += (double) hits.size() / k;
        }
        return sum / days.size();
    }

    private static List<String> hitsOfDay(List<CardRow> day, Set<String> foundBefore, int k) {
        Map<String, CardDay> cards = new LinkedHashMap<>();
        for (CardRow row : day) {
            if (!foundBefore.contains(row.card())) {
                CardDay card = cards.getOrDefault(row.card(), new CardDay(row.card(), row.score(), false));
                cards.put(row.card(), card.with(row));
            }
        }
        return cards.values().stream()
                .sorted(Comparator.comparingDouble(CardDay::topScore).reversed().thenComparing(CardDay::card))
                .limit(k)
                .filter(CardDay::fraud)
                .map(CardDay::card)
                .toList();
    }
}
