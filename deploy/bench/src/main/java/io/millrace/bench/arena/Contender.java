package io.millrace.bench.arena;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;

/**
 * Who reads a topic of events and writes their scores to another, exactly once. Its process stays through all rounds, so
 * that it is warm, and idles between them.
 *
 * <p>Threading: called by one thread.
 */
public interface Contender {

    /**
     * Begins anew, from the earliest record, under a name of its own that no run had before; returns without waiting for
     * the end.
     *
     * @return the settings that matter, by name, for the reader of the result
     */
    Map<String, Object> run(RunRequest request) throws Exception;

    /** Commits, and ends what was begun. */
    void stop() throws Exception;

    /** Serves a contender in its process; see {@link ChildMain}. */
    static void serve(Contender contender) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ChildMain.serve(request -> {
            String op = request.path("op").asText();
            switch (op) {
                case RunRequest.RUN -> {
                    return Map.of("settings", contender.run(json.treeToValue(request, RunRequest.class)));
                }
                case RunRequest.STOP -> {
                    contender.stop();
                    return Map.of("stopped", true);
                }
                default -> throw new IllegalArgumentException("no op '" + op + "', there are run and stop");
            }
        });
    }

    /** The settings in a contender's answer. */
    static Map<String, Object> settings(JsonNode answer) {
        return new ObjectMapper().convertValue(answer.path("settings"), new TypeReference<>() {});
    }
}
