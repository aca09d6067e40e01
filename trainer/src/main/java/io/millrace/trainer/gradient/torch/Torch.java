package io.millrace.trainer.gradient.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The process's one PyTorch engine, on the CPU and on one thread, so that sums are always taken in the same order. It
 * stays offline and reports to nobody.
 *
 * <p>Two methods are called that DJL does not promise to keep, those of {@link JniUtils}: its own gradient collector
 * walks all tensors of the process at each step and allows one step at a time.
 *
 * <p>Threading: one session at a time, from {@link #enter} to {@link Session#close}, on one thread; others wait. A model
 * being tuned needs gigabytes, and two of them at once twice as many. Lifecycle: the engine lives as long as the process.
 */
public final class Torch {
    private static final String ENGINE = "PyTorch";
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock(true);

    private Torch() {}

    /** Waits for its turn and opens a session. */
    public static Session enter() {
        ONE_AT_A_TIME.lock();
        try {
            return new Session();
        } catch (RuntimeException | Error e) {
            ONE_AT_A_TIME.unlock();
            throw e;
        }
    }

    /**
     * The right to use the engine.
     *
     * <p>Threading: confined to the thread that entered. Lifecycle: closing frees every tensor made under
     * {@link #manager}.
     */
    public static final class Session implements AutoCloseable {
        private final NDManager manager;
        private final boolean gradientsBefore;

        private Session() {
            manager = Holder.newManager();
            try {
                gradientsBefore = JniUtils.isGradMode();
                JniUtils.setGradMode(false);
            } catch (RuntimeException | Error e) {
                manager.close();
                throw e;
            }
        }

        /** Owner of what lives as long as the session: weights and the state of the tuning. */
        public NDManager manager() {
            return manager;
        }

        /** Switches the recording of gradients, which is off at first. */
        public void record(boolean gradients) {
            JniUtils.setGradMode(gradients);
        }

        /** Adds the gradients of a single number to the weights that it was computed from. */
        public void backward(NDArray loss) {
            try (NDArray one = loss.onesLike()) {
                JniUtils.backward((PtNDArray) loss, (PtNDArray) one, false, false);
            }
        }

        /** The gradient that was added up; the caller closes it. Null if the weight had no part in any loss. */
        public @Nullable NDArray gradient(NDArray weight) {
            return JniUtils.getGradient((PtNDArray) weight);
        }

        /** Forgets the gradient that was added up. */
        public void clearGradient(NDArray weight) {
            JniUtils.zeroGrad((PtNDArray) weight);
        }

        @Override
        public void close() {
            try (manager) {
                JniUtils.setGradMode(gradientsBefore);
            } finally {
                ONE_AT_A_TIME.unlock();
            }
        }
    }

    private static final class Holder {
        private static final Engine INSTANCE = start();

        static NDManager newManager() {
            return INSTANCE.newBaseManager(Device.cpu());
        }

        private static Engine start() {
            DjlSettings.apply();
            return Engine.getEngine(ENGINE);
        }
    }
}
