package io.millrace.inference.onnx;

import io.millrace.inference.bundle.BundleException;

/**
 * A model that is not taken into use. The message is one sentence that begins with the kind and names the model, fit for
 * the status topic; whatever had been loaded of the model is closed again.
 */
public final class ModelRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RefusalKind kind;

    public ModelRefusedException(RefusalKind kind, ModelRef model, String reason) {
        super(text(kind, model, reason));
        this.kind = kind;
    }

    public ModelRefusedException(RefusalKind kind, ModelRef model, String reason, Throwable cause) {
        super(text(kind, model, reason), cause);
        this.kind = kind;
    }

    /** Refuses a model because its manifest and blobs do not belong together. */
    public static ModelRefusedException of(ModelRef model, BundleException e) {
        RefusalKind kind = switch (e.problem()) {
            case MISSING_BLOB -> RefusalKind.MISSING_BLOB;
            case UNDECLARED_BLOB -> RefusalKind.UNDECLARED_BLOB;
            case HASH_MISMATCH -> RefusalKind.HASH_MISMATCH;
            case BROKEN_DELTA -> RefusalKind.BROKEN_DELTA;
            case BAD_MANIFEST -> RefusalKind.BAD_MANIFEST;
        };
        return new ModelRefusedException(kind, model, String.valueOf(e.getMessage()), e);
    }

    public RefusalKind kind() {
        return kind;
    }

    private static String text(RefusalKind kind, ModelRef model, String reason) {
        return kind + ": " + model + ": " + reason;
    }
}
