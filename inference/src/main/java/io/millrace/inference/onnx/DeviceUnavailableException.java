package io.millrace.inference.onnx;

/** The device that was asked for by name cannot be used here. The message says why, and what to do. */
public final class DeviceUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DeviceUnavailableException(String message) {
        super(message);
    }
}
