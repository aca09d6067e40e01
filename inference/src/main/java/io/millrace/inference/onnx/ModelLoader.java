package io.millrace.inference.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleException;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.feature.FeatureSet;
import java.util.Map;

/**
 * Turns a bundle into a session that is known to work, or refuses it and says why.
 *
 * <p>In this order: the bytes are an ONNX model that stands alone; ONNX Runtime makes a session of them; inputs and
 * outputs are those that the manifest promises; golden samples come out as written; outputs are probabilities; batches of
 * one row and of the most rows have run, so that the first real batch is not the slow one.
 *
 * <p>Threading: thread-safe; meant for a thread off the record path. Lifecycle: the caller owns the model it returns; of
 * a refused one everything is closed.
 */
public final class ModelLoader {
    private final DeviceChoice device;
    private final int intraOpThreads;
    private final int maxBatchRows;

    /**
     * @param intraOpThreads threads that one batch is spread over; 1 is right where several stream threads score
     * @param maxBatchRows rows of the largest batch to expect
     */
    public ModelLoader(DeviceChoice device, int intraOpThreads, int maxBatchRows) {
        if (intraOpThreads < 1 || maxBatchRows < 1) {
            throw new IllegalArgumentException(
                    "threads and rows must be at least 1, were " + intraOpThreads + " and " + maxBatchRows);
        }
        this.device = device;
        this.intraOpThreads = intraOpThreads;
        this.maxBatchRows = maxBatchRows;
    }

    /** Where the models of this loader run. */
    public DeviceChoice device() {
        return device;
    }

    /** Checks manifest and blobs against each other, then loads. */
    public LoadedModel load(ModelRef ref, String manifestYaml, Map<String, byte[]> blobs) throws ModelRefusedException {
        Bundle bundle;
        try {
            bundle = Bundle.parse(manifestYaml, blobs);
        } catch (BundleException e) {
            throw ModelRefusedException.of(ref, e);
        }
        return load(ref, bundle);
    }

    /** Loads a model. */
    public LoadedModel load(ModelRef ref, Bundle bundle) throws ModelRefusedException {
        Manifest manifest = bundle.manifest();
        FeatureSet featureSet = manifest.featureSet();
        if (manifest.task() != Task.BINARY_CLASSIFICATION || featureSet == null) {
            throw new ModelRefusedException(
                    RefusalKind.UNSUPPORTED_TASK, ref, "task " + manifest.task() + " cannot be run by this version");
        }
        if (!manifest.name().equals(ref.name())) {
            throw new ModelRefusedException(
                    RefusalKind.BAD_MANIFEST, ref, "the manifest is that of model '" + manifest.name() + "'");
        }
        GraphInspection inspection = GraphInspection.of(ref, bundle.model());
        OrtSession session = createSession(ref, bundle.model());
        try {
            new SignatureCheck(ref, manifest, featureSet.size()).check(session, inspection);
        } catch (ModelRefusedException | RuntimeException e) {
            closeAfter(e, session);
            throw e;
        }
        LoadedModel model = new LoadedModel(ref, manifest, featureSet.size(), session);
        try {
            new TrialRun(model, maxBatchRows).run();
        } catch (ModelRefusedException | RuntimeException e) {
            model.close();
            throw e;
        }
        return model;
    }

    private OrtSession createSession(ModelRef ref, byte[] bytes) throws ModelRefusedException {
        try (OrtSession.SessionOptions options = OrtRuntime.options(device.kind(), intraOpThreads)) {
            return OrtRuntime.environment().createSession(bytes, options);
        } catch (OrtException e) {
            throw SessionRefusal.of(ref, e);
        }
    }

    private static void closeAfter(Exception reason, OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            reason.addSuppressed(e);
        }
    }
}
