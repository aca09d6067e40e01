package io.millrace.bench.gpu;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.onnx.DeviceChoice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.inference.onnx.Precision;

/**
 * A model with inputs to measure it by, in float32 everywhere: int8 is a form for CPUs.
 *
 * <p>Threading: immutable.
 */
public interface Subject {

    /** What the results call it. */
    String name();

    Bundle bundle();

    /** The probability of the last class for each of the inputs. */
    double[] answers(LoadedModel model);

    /** Both ways with batches of a size. */
    Contest<?> contest(DeviceChoice device, int batch) throws ModelRefusedException;

    /** The model as the stream loads it. */
    default LoadedModel load(DeviceChoice device, int version, int maxRows) throws ModelRefusedException {
        return new ModelLoader(device, 1, maxRows, Precision.FP32)
                .load(new ModelRef(bundle().manifest().name(), version), bundle());
    }

    /** ONNX Runtime alone with the same graph, beside a model that is closed if ONNX Runtime refuses. */
    default RawSession rawBeside(LoadedModel model, DeviceChoice device) {
        try {
            return new RawSession(
                    bundle().model(),
                    device,
                    bundle().manifest().output(),
                    bundle().manifest().classes().size());
        } catch (RuntimeException refused) {
            model.close();
            throw refused;
        }
    }
}
