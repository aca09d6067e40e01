package io.millrace.inference.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleException;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.bundle.TextSettings;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.text.HuggingFaceEncoder;
import io.millrace.inference.text.TextEncoder;
import io.millrace.inference.text.UnreadableTokenizerException;
import java.util.Map;
import java.util.Set;

/**
 * Turns a bundle into a session that is known to work, or refuses it and says why.
 *
 * <p>In this order: the bytes are an ONNX model that stands alone; ONNX Runtime makes a session of them; inputs and
 * outputs are those that the manifest promises; the tokenizer of a model of texts can be read; golden samples come out
 * as written; outputs are probabilities; batches of one row and of the most rows have run, so that the first real batch
 * is not the slow one.
 *
 * <p>Threading: thread-safe; meant for a thread off the record path. Lifecycle: the caller owns the model it returns; of
 * a refused one everything is closed.
 */
public final class ModelLoader {
    private final DeviceChoice device;
    private final int intraOpThreads;
    private final int maxBatchRows;
    private final Precision precision;

    /**
     * Loads the form of a model that suits the device.
     *
     * @param intraOpThreads threads that one batch is spread over; 1 is right where several stream threads score
     * @param maxBatchRows rows of the largest batch to expect
     */
    public ModelLoader(DeviceChoice device, int intraOpThreads, int maxBatchRows) {
        this(device, intraOpThreads, maxBatchRows, Precision.AUTO);
    }

    /**
     * Loads a certain form of a model.
     *
     * @param intraOpThreads threads that one batch is spread over; 1 is right where several stream threads score
     * @param maxBatchRows rows of the largest batch to expect
     */
    public ModelLoader(DeviceChoice device, int intraOpThreads, int maxBatchRows, Precision precision) {
        if (intraOpThreads < 1 || maxBatchRows < 1) {
            throw new IllegalArgumentException(
                    "threads and rows must be at least 1, were " + intraOpThreads + " and " + maxBatchRows);
        }
        this.device = device;
        this.intraOpThreads = intraOpThreads;
        this.maxBatchRows = maxBatchRows;
        this.precision = precision;
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
        if (!manifest.name().equals(ref.name())) {
            throw new ModelRefusedException(
                    RefusalKind.BAD_MANIFEST, ref, "the manifest is that of model '" + manifest.name() + "'");
        }
        ModelForm form = ModelForm.of(ref, bundle, device.kind(), precision);
        GraphInspection inspection = GraphInspection.of(ref, form.bytes());
        OrtSession session = createSession(ref, form.bytes());
        LoadedModel model;
        try {
            model = checked(ref, bundle, form, inspection, session);
        } catch (ModelRefusedException | RuntimeException e) {
            closeAfter(e, session);
            throw e;
        }
        try {
            tryOut(model, form);
        } catch (ModelRefusedException | RuntimeException e) {
            model.close();
            throw e;
        }
        return model;
    }

    private static LoadedModel checked(
            ModelRef ref, Bundle bundle, ModelForm form, GraphInspection inspection, OrtSession session)
            throws ModelRefusedException {
        Manifest manifest = bundle.manifest();
        SignatureCheck signature = new SignatureCheck(ref, manifest);
        TextSettings text = manifest.text();
        if (text != null) {
            Set<String> inputs = signature.checkTexts(session);
            return new LoadedModel(
                    ref, manifest, form.hash(), 0, session, new TextInputs(encoder(ref, bundle, text), inputs));
        }
        FeatureSet featureSet = manifest.featureSet();
        if (featureSet == null) {
            throw new IllegalStateException("a manifest has a feature set or says how texts are read");
        }
        signature.checkRows(session, inspection, featureSet.size());
        return new LoadedModel(ref, manifest, form.hash(), featureSet.size(), session, null);
    }

    private static TextEncoder encoder(ModelRef ref, Bundle bundle, TextSettings text) throws ModelRefusedException {
        byte[] tokenizer = bundle.blobs().get(Bundle.TOKENIZER_BLOB);
        if (tokenizer == null) {
            throw new ModelRefusedException(
                    RefusalKind.MISSING_BLOB,
                    ref,
                    "a model of texts needs the blob '" + Bundle.TOKENIZER_BLOB + "', the manifest names only "
                            + bundle.blobs().keySet());
        }
        try {
            return HuggingFaceEncoder.of(tokenizer, text.maxTokens());
        } catch (UnreadableTokenizerException e) {
            throw new ModelRefusedException(RefusalKind.BAD_TOKENIZER, ref, String.valueOf(e.getMessage()), e);
        }
    }

    private void tryOut(LoadedModel model, ModelForm form) throws ModelRefusedException {
        AnswerCheck check = new AnswerCheck(model.ref(), model.manifest(), form.goldenTolerance());
        TextSettings text = model.manifest().text();
        if (text == null) {
            new TrialRun(model, check, maxBatchRows).run();
        } else {
            new TextTrialRun(model, check, maxBatchRows).run(text.maxTokens());
        }
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
