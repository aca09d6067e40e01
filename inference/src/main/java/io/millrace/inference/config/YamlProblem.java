package io.millrace.inference.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns the YAML library's exceptions into one sentence for the person who wrote the file. */
final class YamlProblem {
    private static final int MAX_VALUE_CHARACTERS = 80;

    private YamlProblem() {}

    static String describe(JsonProcessingException e) {
        if (!(e instanceof JsonMappingException mapping)) {
            return (e instanceof JacksonYAMLParseException ? "is not YAML: " : "")
                    + firstLine(e.getOriginalMessage())
                    + line(e.getLocation());
        }
        return path(mapping.getPath()) + ": " + sentence(mapping) + line(e.getLocation());
    }

    private static String sentence(JsonMappingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return unknown(unknown);
        }
        if (e instanceof InvalidTypeIdException kind) {
            return kind(kind);
        }
        if (e instanceof InvalidFormatException format) {
            return quoted(format.getValue()) + " is not " + wanted(format.getTargetType());
        }
        if (e instanceof InvalidNullException || isMissing(e)) {
            return "is missing; it must be given";
        }
        if (e instanceof ValueInstantiationException && e.getCause() instanceof Exception cause) {
            return cause.getMessage() == null ? cause.toString() : cause.getMessage();
        }
        if (e instanceof MismatchedInputException mismatch) {
            return mismatch(mismatch);
        }
        return firstLine(e.getOriginalMessage());
    }

    private static boolean isMissing(JsonMappingException e) {
        String message = e.getOriginalMessage();
        return message.startsWith("Missing required creator property")
                || message.startsWith("Cannot map `null` into type");
    }

    private static String unknown(UnrecognizedPropertyException e) {
        Collection<Object> ids = Objects.requireNonNullElse(e.getKnownPropertyIds(), List.of());
        List<String> known = Nearest.first(
                e.getPropertyName(), ids.stream().map(String::valueOf).toList());
        if (known.isEmpty()) {
            return "is not a known key; nothing can be set here";
        }
        boolean likely = Nearest.distance(e.getPropertyName(), known.get(0)) <= 3;
        return "is not a known key; " + (likely ? "did you mean '" + known.get(0) + "'? " : "") + "Known here: "
                + String.join(", ", known);
    }

    private static String kind(InvalidTypeIdException e) {
        JsonSubTypes declared = e.getBaseType().getRawClass().getAnnotation(JsonSubTypes.class);
        List<String> known = declared == null
                ? List.of()
                : Arrays.stream(declared.value()).map(JsonSubTypes.Type::name).toList();
        if (e.getTypeId() == null) {
            return "does not say of which kind it is; known kinds: " + String.join(", ", known);
        }
        return quoted(e.getTypeId()) + " is not a known kind; known kinds: "
                + String.join(", ", Nearest.first(e.getTypeId(), known));
    }

    private static String mismatch(MismatchedInputException e) {
        if (e.getCurrentToken() == null) {
            return firstLine(e.getOriginalMessage());
        }
        String found = switch (e.getCurrentToken()) {
            case START_OBJECT, END_OBJECT, FIELD_NAME -> "a group of keys is";
            case START_ARRAY, END_ARRAY -> "a list is";
            case VALUE_NULL -> "nothing is";
            default -> "a plain value is";
        };
        return found + " not " + wanted(e.getTargetType());
    }

    private static String wanted(@Nullable Class<?> type) {
        if (type == null) {
            return "what belongs here";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "an integer; write a whole number such as 256";
        }
        if (type == double.class || type == Double.class || type == float.class || type == Float.class) {
            return "a number; write one such as 0.5";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "a truth value; write true or false";
        }
        if (type == Duration.class) {
            return "a duration; write a number and a unit: 5ms, 2s, 1m, 12h or 7d";
        }
        if (type.isEnum()) {
            return "one of "
                    + String.join(
                            ", ",
                            Arrays.stream(type.getEnumConstants())
                                    .map(constant -> PlainTypes.enumText((Enum<?>) constant))
                                    .toList());
        }
        return container(type);
    }

    private static String container(Class<?> type) {
        if (type == String.class) {
            return "text; write a plain value";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list; write its items in [brackets] or on lines that begin with a hyphen";
        }
        if (Map.class.isAssignableFrom(type) || type.isRecord()) {
            return "a group of keys; write 'key: value' lines, indented";
        }
        return "what belongs here";
    }

    private static String quoted(@Nullable Object value) {
        String text = String.valueOf(value);
        return "'" + (text.length() > MAX_VALUE_CHARACTERS ? text.substring(0, MAX_VALUE_CHARACTERS) + "…" : text)
                + "'";
    }

    private static String path(List<JsonMappingException.Reference> references) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference reference : references) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.isEmpty() ? "the whole" : path.toString();
    }

    private static String line(@Nullable JsonLocation location) {
        return location == null || location.getLineNr() < 1 ? "" : " (line " + location.getLineNr() + ")";
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }
}
