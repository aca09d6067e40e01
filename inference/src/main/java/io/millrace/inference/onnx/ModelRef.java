package io.millrace.inference.onnx;

/** A version of a model: {@code fraud@3}. */
public record ModelRef(String name, int version) {
    public ModelRef {
        if (version < 1) {
            throw new IllegalArgumentException("version of " + name + " must be at least 1, was " + version);
        }
    }

    @Override
    public String toString() {
        return name + "@" + version;
    }
}
