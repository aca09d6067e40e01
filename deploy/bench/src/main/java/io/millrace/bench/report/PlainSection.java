package io.millrace.bench.report;

/** A result without a picture of its own. Threading: stateless. */
final class PlainSection implements Section {

    @Override
    public String plots(Saved saved) {
        return "";
    }
}
