package io.millrace.inference.text;

/** What must be said before anything of DJL starts: that it stays offline and reports its use to nobody. */
public final class DjlProperties {
    private DjlProperties() {}

    /** Sets the process's properties; again does nothing. */
    public static void apply() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }
}
