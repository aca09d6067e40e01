package io.millrace.inference.onnx;

import ai.onnxruntime.OrtException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sorts ONNX Runtime's reasons for not making a session: an operator it does not know, or no valid graph. */
final class SessionRefusal {
    private static final Pattern UNKNOWN_OPERATOR = Pattern.compile("No Op registered for (\\S+)"
            + "|Fatal error: (\\S+) is not a registered function/op"
            + "|Could not find an implementation for (\\S+)");

    private SessionRefusal() {}

    static ModelRefusedException of(ModelRef ref, OrtException e) {
        String message = String.valueOf(e.getMessage());
        Matcher matcher = UNKNOWN_OPERATOR.matcher(message);
        if (matcher.find()) {
            String operator = matcher.group(1) != null
                    ? matcher.group(1)
                    : matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
            return new ModelRefusedException(
                    RefusalKind.UNSUPPORTED_OPERATOR,
                    ref,
                    "ONNX Runtime " + OrtRuntime.environment().getVersion() + " does not know operator " + operator
                            + "; export the model with standard operators of an opset it knows (" + message + ")",
                    e);
        }
        return new ModelRefusedException(
                RefusalKind.NOT_ONNX, ref, "ONNX Runtime makes no session of it: " + message, e);
    }
}
