package io.millrace.inference.bundle.assembly;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleException;
import io.millrace.inference.bundle.BundleException.Problem;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.bundle.Quantized;
import io.millrace.inference.onnx.quantize.Int8Quantizer;
import io.millrace.inference.onnx.quantize.NotQuantizableException;
import org.jspecify.annotations.Nullable;

/**
 * The files of a bundle that are put together from its small form: the model, its tokenizer and its int8 form.
 *
 * <p>Threading: confined to one thread. Lifecycle: keeps the model once it is there, 133 MB of an encoder.
 */
public final class AssembledBlobs {
    private final SmallForm form;
    private final Manifest manifest;
    private final BaseFiles files;
    private byte @Nullable [] model;

    public AssembledBlobs(SmallForm form, Manifest manifest, BaseFiles files) {
        this.form = form;
        this.manifest = manifest;
        this.files = files;
    }

    /** Whether a file of the bundle with this manifest is put together, and so lies in no folder. */
    public static boolean covers(Manifest manifest, String path) {
        return path.equals(Bundle.MODEL_BLOB) || path.equals(Bundle.TOKENIZER_BLOB) || isQuantized(manifest, path);
    }

    /** Whether this file is put together. */
    public boolean has(String path) {
        return covers(manifest, path);
    }

    /**
     * Puts a file together.
     *
     * @throws BundleException if the base is missing or another one, or the small form is damaged
     */
    public byte[] get(String path) {
        if (isQuantized(manifest, path)) {
            return int8();
        }
        return path.equals(Bundle.MODEL_BLOB) ? model() : form.tokenizer(files);
    }

    private byte[] model() {
        if (model == null) {
            model = form.model(files);
        }
        return model;
    }

    private byte[] int8() {
        try {
            return Int8Quantizer.quantize(model());
        } catch (NotQuantizableException e) {
            throw new BundleException(
                    Problem.BROKEN_DELTA, "the assembled model has no int8 form: " + e.getMessage(), e);
        }
    }

    private static boolean isQuantized(Manifest manifest, String path) {
        Quantized quantized = manifest.quantized();
        return quantized != null && quantized.blob().equals(path);
    }
}
