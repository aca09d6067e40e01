package io.millrace.inference.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.ExecutionMode;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;

/**
 * The process's one ONNX Runtime environment, and the settings that every session has.
 *
 * <p>Threading: thread-safe. Lifecycle: the environment lives as long as the process.
 */
final class OrtRuntime {
    private OrtRuntime() {}

    static OrtEnvironment environment() {
        return Holder.ENVIRONMENT;
    }

    /** Options for one session on this device; the caller closes them when the session is made. */
    static SessionOptions options(DeviceChoice.Kind device, int intraOpThreads) throws OrtException {
        SessionOptions options = new SessionOptions();
        try {
            options.setIntraOpNumThreads(intraOpThreads);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(ExecutionMode.SEQUENTIAL);
            options.setDeterministicCompute(true);
            // Its errors come to us as exceptions; printed as well they would only be noise.
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            // Waiting threads would spin on cores that the stream threads need.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            if (device == DeviceChoice.Kind.CUDA) {
                addCuda(options);
            }
            return options;
        } catch (OrtException | RuntimeException e) {
            options.close();
            throw e;
        }
    }

    /** In full float32: TF32, the default, is off by up to 0.006, and good versions were refused for it. */
    private static void addCuda(SessionOptions options) throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions()) {
            cuda.add("use_tf32", "0");
            options.addCUDA(cuda);
        }
    }

    private static final class Holder {
        static final OrtEnvironment ENVIRONMENT = OrtStart.create();
    }
}
