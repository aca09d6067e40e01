package io.millrace.cli.score;

import io.millrace.schemas.codec.EventShape;
import io.millrace.stream.config.InputConfig;
import java.util.List;

/** Finds the field that the input topic is keyed by among the keys of an event. */
public final class InputKey {
    private InputKey() {}

    /** Its place; -1 when it is none of them. */
    public static int place(InputConfig input, EventShape shape) {
        List<String> keys = shape.keyFields();
        for (int i = 0; i < keys.size(); i++) {
            String path = input.fields().getOrDefault(keys.get(i), keys.get(i));
            if (keys.get(i).equals(input.key()) || path.equals(input.key())) {
                return i;
            }
        }
        return -1;
    }
}
