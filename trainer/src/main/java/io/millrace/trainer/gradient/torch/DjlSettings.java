package io.millrace.trainer.gradient.torch;

import io.millrace.inference.text.DjlProperties;

/** What must be said before PyTorch starts: what all of DJL must be told, and that it computes on one thread. */
final class DjlSettings {
    private DjlSettings() {}

    /** Sets the process's properties; again does nothing. */
    static void apply() {
        DjlProperties.apply();
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    }
}
