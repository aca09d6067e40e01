package io.millrace.stream.event;

import io.millrace.stream.event.Judgement.Truth;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Judgements on the repartition topic before the metrics.
 *
 * <p>Threading: holds no state; safe for all threads of a topology.
 */
public final class JudgementsSerde implements Serde<Judgements> {
    private static final int WIRE_VERSION = 1;
    private static final int BYTES_EACH = 43;

    @Override
    public Serializer<Judgements> serializer() {
        return (topic, judgements) -> write(judgements);
    }

    @Override
    public Deserializer<Judgements> deserializer() {
        return (topic, bytes) -> read(bytes);
    }

    private static byte[] write(Judgements judgements) {
        WireWriter out = new WireWriter(5 + BYTES_EACH * judgements.list().size());
        out.putByte(WIRE_VERSION).putInt(judgements.list().size());
        for (Judgement judgement : judgements.list()) {
            out.putInt(judgement.version())
                    .putLong(judgement.eventTimeMillis())
                    .putFloat(judgement.score())
                    .putDouble(judgement.threshold())
                    .putByte(judgement.decidedPositive() ? 1 : 0)
                    .putByte(code(judgement.before()))
                    .putLong(judgement.delayBeforeMillis())
                    .putByte(code(judgement.now()))
                    .putLong(judgement.delayMillis());
        }
        return out.toBytes();
    }

    private static Judgements read(byte[] bytes) {
        WireReader in = new WireReader(bytes);
        int wire = in.nextByte();
        if (wire != WIRE_VERSION) {
            throw new IllegalStateException(
                    "judgements of wire version " + wire + ", this build reads " + WIRE_VERSION);
        }
        int count = in.nextInt();
        List<Judgement> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(new Judgement(
                    in.nextInt(),
                    in.nextLong(),
                    in.nextFloat(),
                    in.nextDouble(),
                    in.nextByte() != 0,
                    truth(in.nextByte()),
                    in.nextLong(),
                    truth(in.nextByte()),
                    in.nextLong()));
        }
        return new Judgements(list);
    }

    private static int code(Truth truth) {
        return switch (truth) {
            case UNKNOWN -> 0;
            case NEGATIVE -> 1;
            case POSITIVE -> 2;
        };
    }

    private static Truth truth(int code) {
        return switch (code) {
            case 0 -> Truth.UNKNOWN;
            case 1 -> Truth.NEGATIVE;
            case 2 -> Truth.POSITIVE;
            default -> throw new IllegalStateException("a judgement with the unknown truth " + code);
        };
    }
}
