package io.millrace.inference.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import io.millrace.inference.config.YamlPlaces.Place;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns one of the YAML library's exceptions into one sentence for the person who wrote the text. */
final class YamlProblem {
    private static final int MAX_VALUE_CHARACTERS = 80;
    private static final String EMPTY = "is empty; write at least the keys that must be there";

    private final JsonMappingException exception;
    private final YamlPlaces places;
    private final String path;

    private YamlProblem(JsonMappingException exception, YamlPlaces places) {
        this.exception = exception;
        this.places = places;
        this.path = YamlPlaces.path(exception.getPath());
    }

    static String describe(JsonProcessingException e, YamlPlaces places) {
        return e instanceof JsonMappingException mapping ? new YamlProblem(mapping, places).describe() : syntax(e);
    }

    private static String syntax(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        return (e instanceof JacksonYAMLParseException ? "is not YAML: " : "")
                + firstLine(e.getOriginalMessage())
                + (location == null ? "" : line(location.getLineNr()));
    }

    private String describe() {
        if (isMissing()) {
            String misspelt = KnownKeys.firstUnknownBeside(exception.getPath(), places);
            return misspelt == null
                    ? at(path, "is missing; it must be given")
                    : at(misspelt, unknown(misspelt, KnownKeys.of(exception.getPath())));
        }
        if (exception instanceof ValueInstantiationException refused) {
            // A record refuses what is missing before the library comes to the key that was meant.
            List<String> known = KnownKeys.of(refused.getType().getRawClass());
            String misspelt = KnownKeys.firstUnknown(path, known, places);
            return at(misspelt == null ? path : misspelt, misspelt == null ? sentence() : unknown(misspelt, known));
        }
        return at(path, sentence());
    }

    private String at(String where, String sentence) {
        Place place = places.at(where);
        int end = Math.max(where.lastIndexOf('.'), 0);
        Place group = place == null ? places.at(where.substring(0, end)) : place;
        return (where.isEmpty() ? "" : where + ": ") + sentence + (group == null ? "" : line(group.line()));
    }

    private String sentence() {
        if (exception instanceof UnrecognizedPropertyException unknown) {
            Collection<Object> ids = Objects.requireNonNullElse(unknown.getKnownPropertyIds(), List.of());
            return KnownKeys.unknown(
                    unknown.getPropertyName(), ids.stream().map(String::valueOf).toList());
        }
        if (exception instanceof InvalidTypeIdException kind) {
            return kind(kind);
        }
        if (exception instanceof ValueInstantiationException && exception.getCause() instanceof Exception cause) {
            return cause.getMessage() == null ? cause.toString() : cause.getMessage();
        }
        if (exception.getCause() instanceof InputCoercionException) {
            return found() + " is beyond the range of such a number; write a smaller one";
        }
        if (exception instanceof MismatchedInputException mismatch) {
            return mismatch(mismatch);
        }
        return firstLine(exception.getOriginalMessage());
    }

    private boolean isMissing() {
        String message = exception.getOriginalMessage();
        return exception instanceof InvalidNullException
                || message.startsWith("Missing required creator property")
                || message.startsWith("Cannot map `null` into type");
    }

    private static String unknown(String misspelt, List<String> known) {
        String key = misspelt.substring(misspelt.lastIndexOf('.') + 1);
        return KnownKeys.unknown(key, known);
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

    private String mismatch(MismatchedInputException e) {
        boolean nothing = e.getOriginalMessage().startsWith("No content to map")
                || (e instanceof InvalidFormatException format && "".equals(format.getValue()));
        if (path.isEmpty() && nothing) {
            return EMPTY;
        }
        return found() + " is not " + WantedValue.of(e.getTargetType());
    }

    private String found() {
        Place place = places.at(path);
        if (place != null && place.text() != null) {
            return quoted(place.text());
        }
        if (exception instanceof MismatchedInputException mismatch && mismatch.getCurrentToken() != null) {
            return switch (mismatch.getCurrentToken()) {
                case START_ARRAY, END_ARRAY -> "a list";
                default -> "a group of keys";
            };
        }
        return "this";
    }

    private static String quoted(String value) {
        return "'"
                + (value.length() > MAX_VALUE_CHARACTERS ? value.substring(0, MAX_VALUE_CHARACTERS) + "…" : value)
                + "'";
    }

    private static String line(int line) {
        return line < 1 ? "" : " (line " + line + ")";
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "" : text.lines().findFirst().orElse(text);
    }
}
