package io.millrace.trainer.gradient.torch;

/**
 * What must be said before anything of DJL starts: that it stays offline, reports its use to nobody, and computes on one
 * thread.
 */
public final class DjlSettings {
    private DjlSettings() {}

    /** Sets the process's properties; again does nothing. */
    public static void apply() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    }
}
