package io.millrace.inference.config;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that a record can have. A key that is missing is often there, misspelt; then that is what to say. */
final class KnownKeys {
    private KnownKeys() {}

    /** Keys of the record that the last step of a path starts from; empty if it is no record. */
    static List<String> of(List<JsonMappingException.Reference> path) {
        Object from = path.isEmpty() ? null : path.get(path.size() - 1).getFrom();
        return of(from instanceof Class<?> named ? named : from == null ? Object.class : from.getClass());
    }

    /** Keys of a record; empty if the type is none. */
    static List<String> of(Class<?> type) {
        List<String> keys = new ArrayList<>();
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                keys.add(PropertyNamingStrategies.KebabCaseStrategy.INSTANCE.translate(component.getName()));
            }
            addKindKeys(keys, type);
        }
        return keys;
    }

    /** The key that tells kinds apart is declared by what the record is a kind of, at whatever distance. */
    private static void addKindKeys(List<String> keys, Class<?> type) {
        JsonTypeInfo kinds = type.getAnnotation(JsonTypeInfo.class);
        if (kinds != null) {
            keys.add(kinds.property());
        }
        for (Class<?> kindOf : type.getInterfaces()) {
            addKindKeys(keys, kindOf);
        }
    }

    /** The path of the first key beside a path's last one that the record does not know, or null. */
    static @Nullable String firstUnknownBeside(List<JsonMappingException.Reference> path, YamlPlaces places) {
        return path.isEmpty()
                ? null
                : firstUnknown(YamlPlaces.path(path.subList(0, path.size() - 1)), of(path), places);
    }

    /** The path of the first key of a group that is not known, or null. */
    static @Nullable String firstUnknown(String group, List<String> known, YamlPlaces places) {
        if (known.isEmpty()) {
            return null;
        }
        return places.keysOf(group).stream()
                .filter(key -> !known.contains(key))
                .map(key -> YamlPlaces.key(group, key))
                .findFirst()
                .orElse(null);
    }

    static String unknown(String key, List<String> known) {
        if (known.isEmpty()) {
            return "is not a known key; nothing can be set here";
        }
        List<String> nearest = Nearest.first(key, known);
        boolean likely = Nearest.distance(key, nearest.get(0)) <= Math.max(2, key.length() / 3);
        return "is not a known key; " + (likely ? "did you mean '" + nearest.get(0) + "'? " : "") + "known here: "
                + String.join(", ", nearest);
    }
}
