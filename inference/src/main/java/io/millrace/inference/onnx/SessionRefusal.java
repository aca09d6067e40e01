package io.millrace.inference.onnx;

import ai.onnxruntime.OrtException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Sorts ONNX Runtime's reasons for not making a session: an operator it does not know, or no valid graph. */
final class SessionRefusal {
    private static final Pattern UNKNOWN_OPERATOR = Pattern.compile("No Op registered for (\\S+)"
            + "|Fatal error: (\\S+) is not a registered function/op"
            + "|Could not find an implementation for (\\S+)"
            + "|(Opset \\d+) is under development");

    private SessionRefusal() {}

    static ModelRefusedException of(ModelRef ref, OrtException e) {
        String message = String.valueOf(e.getMessage()).strip();
        Matcher matcher = UNKNOWN_OPERATOR.matcher(message);
        if (matcher.find()) {
            String unknown = IntStream.rangeClosed(1, matcher.groupCount())
                    .mapToObj(matcher::group)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow();
            return new ModelRefusedException(
                    RefusalKind.UNSUPPORTED_OPERATOR,
                    ref,
                    "ONNX Runtime " + OrtRuntime.environment().getVersion() + " does not know " + unknown
                            + "; export the model with standard operators of an opset it knows (" + message + ")",
                    e);
        }
        return new ModelRefusedException(
                RefusalKind.NOT_ONNX, ref, "ONNX Runtime makes no session of it: " + message, e);
    }
}
