package io.millrace.bench.arena;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other side of a {@link ChildJvm}: reads a line of JSON from standard input, answers with one on standard output,
 * until the input ends; then the process ends. Whatever else is printed goes to standard error.
 *
 * <p>Threading: answers are made one after the other on the main thread.
 */
public final class ChildMain {
    static final String ERROR = "error";

    private static final Logger log = LoggerFactory.getLogger(ChildMain.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is made of a request. */
    public interface Handler {
        /** The answer, written as JSON. */
        Object answer(JsonNode request) throws Exception;
    }

    private ChildMain() {}

    /** Answers until the input ends, and ends the process. */
    public static void serve(Handler handler) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            answers.write((answer(handler, line) + "\n").getBytes(StandardCharsets.UTF_8));
            answers.flush();
        }
        System.exit(0);
    }

    private static String answer(Handler handler, String line) throws IOException {
        Object answer;
        try {
            answer = handler.answer(JSON.readTree(line));
        } catch (Exception | LinkageError failure) {
            log.atError().setCause(failure).log("failed on {}", line);
            answer = Map.of(ERROR, String.valueOf(failure));
        }
        return JSON.writeValueAsString(answer);
    }
}
