package io.millrace.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A saved result, read by the names of its fields.
 *
 * <p>Threading: immutable as long as nobody changes the tree.
 *
 * @param name of its file
 * @param measured the whole of it
 */
public record Saved(String name, JsonNode measured) {

    /** Which benchmark it is of; its file may have another name, as that of another machine has. */
    String benchmark() {
        return measured.path("benchmark").asText(name);
    }

    /** What was found. */
    JsonNode result() {
        return measured.path("result");
    }

    JsonNode settings() {
        return measured.path("settings");
    }

    String text(String field) {
        return measured.path(field).asText("");
    }

    /** The machine in one line. */
    String machine() {
        JsonNode machine = measured.path("machine");
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %.0f GB, %s, %s",
                machine.path("cpu").asText("unknown"),
                machine.path("cores").asInt(),
                machine.path("memoryBytes").asDouble() / 1e9,
                machine.path("kernel").asText("unknown"),
                machine.path("jvm").asText("unknown"));
    }

    /** The libraries in one line. */
    String versions() {
        Map<String, String> versions = new TreeMap<>();
        measured.path("versions")
                .properties()
                .forEach(entry -> versions.put(entry.getKey(), entry.getValue().asText()));
        return String.join(
                ", ",
                versions.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .toList());
    }

    /** A number at the end of a path of fields. */
    static OptionalDouble number(JsonNode from, String... path) {
        JsonNode at = from;
        for (String field : path) {
            at = at == null ? MissingNode.getInstance() : at.path(field);
        }
        return at.isNumber() ? OptionalDouble.of(at.asDouble()) : OptionalDouble.empty();
    }
}
