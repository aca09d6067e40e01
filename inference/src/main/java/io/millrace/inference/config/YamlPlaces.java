package io.millrace.inference.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where in a text each path lies and what is written there. Made only when there is something to complain about. */
final class YamlPlaces {
    /**
     * One path's place.
     *
     * @param text null for a list or a group
     */
    record Place(int line, @Nullable String text) {}

    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<String, List<String>> keys = new LinkedHashMap<>();

    private YamlPlaces() {}

    /** Reads as far as the text is YAML. */
    static YamlPlaces of(String yaml, JsonFactory factory) {
        YamlPlaces result = new YamlPlaces();
        try (JsonParser parser = factory.createParser(yaml)) {
            if (parser.nextToken() != null) {
                result.note("", parser);
            }
        } catch (IOException endOfWhatCanBeRead) {
            return result;
        }
        return result;
    }

    static String path(List<JsonMappingException.Reference> references) {
        String path = "";
        for (JsonMappingException.Reference reference : references) {
            path = reference.getFieldName() == null
                    ? item(path, reference.getIndex())
                    : key(path, reference.getFieldName());
        }
        return path;
    }

    static String key(String group, String key) {
        return group.isEmpty() ? key : group + "." + key;
    }

    @Nullable
    Place at(String path) {
        return places.get(path);
    }

    List<String> keysOf(String group) {
        return keys.getOrDefault(group, List.of());
    }

    private static String item(String list, int index) {
        return list + "[" + index + "]";
    }

    private void note(String path, JsonParser parser) throws IOException {
        int line = parser.currentTokenLocation().getLineNr();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            places.putIfAbsent(path, new Place(line, null));
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                keys.computeIfAbsent(path, group -> new ArrayList<>()).add(parser.currentName());
                String child = key(path, parser.currentName());
                parser.nextToken();
                note(child, parser);
            }
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            places.putIfAbsent(path, new Place(line, null));
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                note(item(path, i), parser);
            }
        } else {
            places.putIfAbsent(path, new Place(line, parser.getText()));
        }
    }
}
