package io.millrace.trainer.service;

import io.millrace.schemas.MetricsWindow;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.UnreadableRecordException;
import io.millrace.schemas.avro.Metrics;
import io.millrace.trainer.config.GateMetric;
import io.millrace.trainer.round.LineageKeys;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How good each version is in the stream, over the latest window of event time that has enough positives to say, and
 * how good its own hold-out promised it to be.
 *
 * <p>Threading: confined to one thread.
 */
final class LiveMetric {
    private static final Logger log = LoggerFactory.getLogger(LiveMetric.class);

    private final String model;
    private final GateMetric metric;
    private final int leastPositives;
    private final SingleObject<Metrics> codec = SingleObject.of(Metrics.class, SchemaStore.ofOwn());
    private final Map<Integer, Metrics> latest = new HashMap<>();

    LiveMetric(String model, GateMetric metric, int leastPositives) {
        this.model = model;
        this.metric = metric;
        this.leastPositives = leastPositives;
    }

    void apply(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.value() != null) {
                apply(codec.decode(record.value()));
            }
        } catch (UnreadableRecordException e) {
            log.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("offset", record.offset())
                    .log("a record that cannot be read is passed over: {}", e.getMessage());
        }
    }

    private void apply(Metrics metrics) {
        // Metrics over all time are too slow to show a drop.
        if (MetricsWindow.isAll(metrics)
                || !metrics.getModel().equals(model)
                || metrics.getPositives() < leastPositives) {
            return;
        }
        latest.merge(
                metrics.getVersion(),
                metrics,
                (before, now) -> now.getWindowEnd().isBefore(before.getWindowEnd()) ? before : now);
    }

    /** The metric of a version in the stream, more being better; null while it is not known. */
    @Nullable
    Double of(int version) {
        Metrics metrics = latest.get(version);
        if (metrics == null) {
            return null;
        }
        return switch (metric) {
            case AVERAGE_PRECISION -> metrics.getValues().get("average-precision");
            case ROC_AUC -> metrics.getValues().get("roc-auc");
            case LOG_LIKELIHOOD -> negative(metrics.getValues().get("log-loss"));
            case ACCURACY, BALANCED_ACCURACY -> null;
        };
    }

    /** The metric that a version's lineage names for its hold-out, more being better; null if it names none. */
    @Nullable
    Double promised(Map<String, String> lineage) {
        return switch (metric) {
            case AVERAGE_PRECISION -> number(lineage.get(LineageKeys.HOLD_OUT_AVERAGE_PRECISION));
            case ROC_AUC -> number(lineage.get(LineageKeys.HOLD_OUT_ROC_AUC));
            case LOG_LIKELIHOOD -> negative(number(lineage.get(LineageKeys.HOLD_OUT_LOG_LOSS)));
            case ACCURACY, BALANCED_ACCURACY -> null;
        };
    }

    private static @Nullable Double negative(@Nullable Double value) {
        return value == null ? null : -value;
    }

    private static @Nullable Double number(@Nullable String text) {
        try {
            return text == null ? null : Double.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
