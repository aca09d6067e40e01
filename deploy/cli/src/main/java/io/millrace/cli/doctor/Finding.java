package io.millrace.cli.doctor;

/**
 * What one check found.
 *
 * @param check what was looked at
 * @param detail what was found there
 * @param remedy what to do about it; empty when nothing need be done
 */
public record Finding(String check, Verdict verdict, String detail, String remedy) {

    /** How bad a finding is; only {@link #FAILED} keeps Millrace from running. */
    public enum Verdict {
        OK,
        WARNING,
        FAILED
    }

    static Finding ok(String check, String detail) {
        return new Finding(check, Verdict.OK, detail, "");
    }

    static Finding warning(String check, String detail, String remedy) {
        return new Finding(check, Verdict.WARNING, detail, remedy);
    }

    static Finding failed(String check, String detail, String remedy) {
        return new Finding(check, Verdict.FAILED, detail, remedy);
    }
}
