package io.millrace.inference.feature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The canonical text of a feature set: what its hash is made of. A change here gives every set a new hash. */
final class FeatureSetText {
    private FeatureSetText() {}

    static String hash(FeatureSet set) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(canonical(set).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which each must have; use another one", e);
        }
    }

    /** One line a definition, its parts apart by tabs: names cannot hold either. */
    static String canonical(FeatureSet set) {
        StringBuilder text = new StringBuilder("millrace-features-1\t").append(set.zone());
        for (FeatureDefinition feature : set.features()) {
            text.append('\n').append(line(feature));
        }
        return text.toString();
    }

    private static String line(FeatureDefinition feature) {
        if (feature instanceof FieldFeature field) {
            return String.join("\t", "field", field.name(), field.field());
        }
        if (feature instanceof LogFeature log) {
            return String.join("\t", "log", log.name(), log.field());
        }
        if (feature instanceof CalendarFeature calendar) {
            return String.join(
                    "\t", "calendar", calendar.name(), calendar.flag().name());
        }
        if (feature instanceof WindowFeature window) {
            return String.join(
                    "\t",
                    "window",
                    window.name(),
                    window.entity(),
                    window.aggregate().name(),
                    window.field() == null ? "" : window.field(),
                    Long.toString(window.length().toMillis()),
                    Long.toString(window.delay().toMillis()));
        }
        if (feature instanceof HistoryFeature history) {
            return String.join(
                    "\t",
                    "history",
                    history.name(),
                    history.entity(),
                    history.measure().name(),
                    history.field());
        }
        if (feature instanceof LabelRunFeature run) {
            Explanation explanation = run.explainedBy();
            return String.join(
                    "\t",
                    "label-run",
                    run.name(),
                    run.entity(),
                    run.measure().name(),
                    Long.toString(run.delay().toMillis()),
                    Long.toString(run.horizon().toMillis()),
                    explanation == null ? "" : explanation.feature(),
                    explanation == null ? "" : Double.toString(explanation.above()));
        }
        throw new IllegalStateException("no canonical text for " + feature + ": every kind must have one");
    }
}
