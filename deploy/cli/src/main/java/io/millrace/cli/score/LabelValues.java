package io.millrace.cli.score;

import io.millrace.cli.output.FailedException;
import io.millrace.cli.output.WrongUseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the label column of a file says in terms of a model's classes.
 *
 * <p>Threading: immutable.
 */
public final class LabelValues {
    private final List<String> classes;
    private final Map<String, String> named;
    private final @Nullable String rest;
    private final boolean othersPassedOver;

    private LabelValues(
            List<String> classes, Map<String, String> named, @Nullable String rest, boolean othersPassedOver) {
        this.classes = List.copyOf(classes);
        this.named = Map.copyOf(named);
        this.rest = rest;
        this.othersPassedOver = othersPassedOver;
    }

    /** One value means the last class, every other one the first. */
    public static LabelValues positive(List<String> classes, String positive) {
        return new LabelValues(classes, Map.of(positive, classes.get(classes.size() - 1)), classes.get(0), false);
    }

    /** The names of the classes, in any case, or their places from 0; any other value is an error. */
    public static LabelValues ofClasses(List<String> classes) {
        Map<String, String> named = new TreeMap<>();
        for (int place = 0; place < classes.size(); place++) {
            named.put(classes.get(place).toLowerCase(Locale.ROOT), classes.get(place));
            named.put(Integer.toString(place), classes.get(place));
        }
        return new LabelValues(classes, named, null, false);
    }

    /**
     * The values that are named; every other one is passed over.
     *
     * @param meanings class by value
     */
    public static LabelValues named(List<String> classes, Map<String, String> meanings) {
        Map<String, String> named = new TreeMap<>();
        meanings.forEach((value, name) -> {
            String known = classes.stream()
                    .filter(name::equalsIgnoreCase)
                    .findFirst()
                    .orElseThrow(() -> new WrongUseException(
                            "--classes: the model has no class '" + name + "'; its classes are " + classes));
            named.put(value.toLowerCase(Locale.ROOT), known);
        });
        return new LabelValues(classes, named, null, true);
    }

    /** The class that a value means; null for one that is passed over. */
    @Nullable
    String classOf(String value) {
        String exact = named.get(value);
        String known = exact == null ? named.getOrDefault(value.toLowerCase(Locale.ROOT), rest) : exact;
        if (known == null && !othersPassedOver) {
            throw new FailedException("the input has the label '" + value + "', which is no class of the model; its"
                    + " classes are " + classes + ". Say what labels mean with --classes, as in --classes 0="
                    + classes.get(0) + ",2=" + classes.get(classes.size() - 1)
                    + ": those that are not named there are passed over");
        }
        return known;
    }
}
