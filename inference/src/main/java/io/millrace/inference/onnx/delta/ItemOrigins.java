package io.millrace.inference.onnx.delta;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the items of a list come from, run by run: out of the list of the base, or out of the delta's own.
 *
 * <p>As text, {@code b0+96,d3,b99+20} means: 96 items of the base from its first on, 3 of the delta, 20 of the base from
 * its 100th on.
 *
 * <p>Threading: immutable.
 */
record ItemOrigins(List<Run> runs) {
    private static final Pattern RUN = Pattern.compile("b(\\d{1,9})\\+(\\d{1,9})|d(\\d{1,9})");

    /**
     * Items that lie side by side.
     *
     * @param start place of the first one in the base's list, -1 for items of the delta, which come in their order
     */
    record Run(int start, int count) {
        boolean ofBase() {
            return start >= 0;
        }

        boolean continuedBy(int place) {
            return ofBase() ? place == start + count : place < 0;
        }

        String text() {
            return ofBase() ? "b" + start + "+" + count : "d" + count;
        }
    }

    ItemOrigins {
        runs = List.copyOf(runs);
    }

    /** Finds equal items in the base, wherever they lie. */
    static <T> ItemOrigins between(List<T> base, List<T> full) {
        Map<T, Integer> places = new HashMap<>();
        for (int place = 0; place < base.size(); place++) {
            places.putIfAbsent(base.get(place), place);
        }
        List<Run> runs = new ArrayList<>();
        for (T item : full) {
            int place = places.getOrDefault(item, -1);
            int last = runs.size() - 1;
            if (last >= 0 && runs.get(last).continuedBy(place)) {
                runs.set(last, new Run(runs.get(last).start(), runs.get(last).count() + 1));
            } else {
                runs.add(new Run(place, 1));
            }
        }
        return new ItemOrigins(runs);
    }

    /** Reads what {@link #text} wrote. */
    static ItemOrigins parse(String text) throws BrokenDeltaException {
        List<Run> runs = new ArrayList<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            Matcher run = RUN.matcher(part);
            if (!run.matches()) {
                throw new BrokenDeltaException("'" + part + "' does not say where items come from");
            }
            boolean ofBase = run.group(3) == null;
            runs.add(new Run(
                    ofBase ? Integer.parseInt(run.group(1)) : -1,
                    Integer.parseInt(ofBase ? run.group(2) : run.group(3))));
        }
        return new ItemOrigins(runs);
    }

    String text() {
        return String.join(",", runs.stream().map(Run::text).toList());
    }

    /** Of the full list, the items that are not the base's. */
    <T> List<T> added(List<T> full) {
        List<T> added = new ArrayList<>();
        int at = 0;
        for (Run run : runs) {
            if (!run.ofBase()) {
                added.addAll(full.subList(at, at + run.count()));
            }
            at += run.count();
        }
        return added;
    }

    /** The full list again. */
    <T> List<T> assemble(String what, List<T> base, List<T> added) throws BrokenDeltaException {
        List<T> full = new ArrayList<>();
        int taken = 0;
        for (Run run : runs) {
            List<T> from = run.ofBase() ? base : added;
            int start = run.ofBase() ? run.start() : taken;
            // Without the bound on all together, a few bytes could ask for any amount of memory.
            if ((long) start + run.count() > from.size()
                    || (long) full.size() + run.count() > (long) base.size() + added.size()) {
                throw new BrokenDeltaException("it asks for " + what + " " + run.text() + ", but there are only "
                        + base.size() + " of the base and " + added.size() + " of its own");
            }
            full.addAll(from.subList(start, start + run.count()));
            taken += run.ofBase() ? 0 : run.count();
        }
        if (taken != added.size()) {
            throw new BrokenDeltaException("it holds " + added.size() + " " + what + " and places " + taken);
        }
        return full;
    }
}
