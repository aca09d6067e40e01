package io.millrace.inference.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Starts ONNX Runtime on a thread with a deep stack.
 *
 * <p>ONNX Runtime 1.29 gathers telemetry when its environment is made, whatever is said of telemetry afterwards: it
 * matches the process's command line against regular expressions that recurse once per character, so that a long
 * class path overflows an ordinary stack and ends the process without a word. Its variable {@value #OFF} switches that
 * off, but only from outside the process; the launcher sets it.
 */
final class OrtStart {
    /** Set to 1 in the environment of a process, it keeps ONNX Runtime from gathering telemetry at its start. */
    static final String OFF = "ORT_DISABLE_TELEMETRY";

    /** Linux takes command lines up to 2 MB; a character costs about 270 bytes of stack. Only touched pages count. */
    private static final long STACK_BYTES = 1L << 30;

    private OrtStart() {}

    static OrtEnvironment create() {
        CompletableFuture<OrtEnvironment> started = new CompletableFuture<>();
        Thread thread = new Thread(null, () -> start(started), "millrace-onnxruntime-start", STACK_BYTES);
        thread.start();
        try {
            return started.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException("ONNX Runtime does not start: " + cause.getMessage(), cause);
        }
    }

    private static void start(CompletableFuture<OrtEnvironment> started) {
        try {
            OrtEnvironment environment =
                    OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "millrace");
            environment.setTelemetry(false);
            started.complete(environment);
        } catch (OrtException | RuntimeException | LinkageError e) {
            started.completeExceptionally(e);
        }
    }
}
