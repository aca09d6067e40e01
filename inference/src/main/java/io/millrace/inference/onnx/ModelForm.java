package io.millrace.inference.onnx;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.bundle.Quantized;
import io.millrace.schemas.Sha256;

/**
 * The one of a model's forms that runs: its bytes, and how exactly it must give the recorded answers.
 *
 * @param hash SHA-256 of the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record ModelForm(byte[] bytes, String hash, double goldenTolerance) {

    static ModelForm of(ModelRef ref, Bundle bundle, DeviceChoice.Kind device, Precision precision)
            throws ModelRefusedException {
        Manifest manifest = bundle.manifest();
        Quantized quantized = manifest.quantized();
        boolean wanted = switch (precision) {
            case AUTO -> quantized != null;
            case FP32 -> false;
            case INT8 -> true;
        };
        if (device == DeviceChoice.Kind.CUDA || !wanted) {
            return new ModelForm(bundle.model(), manifest.modelHash(), manifest.goldenTolerance());
        }
        if (quantized == null) {
            throw new ModelRefusedException(
                    RefusalKind.MISSING_BLOB,
                    ref,
                    "precision int8 is asked for, but the manifest names no quantized form; use precision auto");
        }
        byte[] bytes = bundle.blobs().get(quantized.blob());
        if (bytes == null) {
            throw new ModelRefusedException(
                    RefusalKind.MISSING_BLOB,
                    ref,
                    "the manifest's quantized form '" + quantized.blob() + "' is none of its blobs, "
                            + bundle.blobs().keySet());
        }
        return new ModelForm(bytes, Sha256.hex(bytes), quantized.goldenTolerance());
    }
}
