package io.millrace.inference.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says in words what a type looks like in YAML, with an example. */
final class WantedValue {
    private static final Map<Class<?>, String> PLAIN = Map.ofEntries(
            Map.entry(int.class, "an integer; write a whole number such as 256"),
            Map.entry(Integer.class, "an integer; write a whole number such as 256"),
            Map.entry(long.class, "an integer; write a whole number such as 256"),
            Map.entry(Long.class, "an integer; write a whole number such as 256"),
            Map.entry(double.class, "a number; write one such as 0.5"),
            Map.entry(Double.class, "a number; write one such as 0.5"),
            Map.entry(boolean.class, "a truth value; write true or false"),
            Map.entry(Boolean.class, "a truth value; write true or false"),
            Map.entry(Duration.class, "a duration; write a number and a unit: 5ms, 2s, 1m, 12h or 7d"),
            Map.entry(String.class, "text; write a plain value"));

    private WantedValue() {}

    static String of(@Nullable Class<?> type) {
        if (type == null) {
            return "what belongs here";
        }
        String plain = PLAIN.get(type);
        if (plain != null) {
            return plain;
        }
        if (type.isEnum()) {
            return "one of "
                    + String.join(
                            ", ",
                            Arrays.stream(type.getEnumConstants())
                                    .map(constant -> PlainTypes.enumText((Enum<?>) constant))
                                    .toList());
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list; write its items in [brackets] or on lines that begin with a hyphen";
        }
        return "a group of keys; write 'key: value' lines, indented";
    }
}
