package io.millrace.schemas.codec;

import io.millrace.schemas.codec.Target.Part;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Steps that read single values: strings, enums, integers, reals, decimals and times.
 *
 * <p>Threading: stateless.
 */
final class AvroLeaf {
    private static final long DAY_MILLIS = 86_400_000L;
    private static final long MILLI_MICROS = 1_000L;
    private static final long MILLI_NANOS = 1_000_000L;

    private AvroLeaf() {}

    static AvroStep of(Schema schema, PathNode node) {
        List<Target> targets = node.targets();
        return switch (schema.getType()) {
            case STRING -> (in, draft) -> setText(targets, in.readString(), draft);
            case ENUM -> ofEnum(schema.getEnumSymbols(), targets);
            case INT -> ofIntegers(BinaryDecoder::readInt, schema, node);
            case LONG -> ofIntegers(BinaryDecoder::readLong, schema, node);
            case FLOAT -> (in, draft) -> setReal(targets, in.readFloat(), draft);
            case DOUBLE -> (in, draft) -> setReal(targets, in.readDouble(), draft);
            case BYTES, FIXED -> ofDecimal(schema, node);
            // Named one by one, so that a type that Avro may add is noticed.
            case BOOLEAN, ARRAY, MAP, NULL, RECORD, UNION -> AvroPlan.ofWrongType(schema, node);
        };
    }

    private static AvroStep ofEnum(List<String> symbols, List<Target> targets) {
        return (in, draft) -> {
            int symbol = in.readEnum();
            if (symbol < 0 || symbol >= symbols.size()) {
                throw new AvroRuntimeException("symbol " + symbol + " of an enum of " + symbols.size());
            }
            setText(targets, symbols.get(symbol), draft);
        };
    }

    private static AvroStep ofIntegers(IntegerSource source, Schema schema, PathNode node) {
        LongUnaryOperator toMillis = toMillis(schema.getLogicalType());
        List<Target> targets = node.targets();
        if (toMillis == null && targets.stream().anyMatch(target -> target.part() == Part.TIME)) {
            return AvroPlan.ofWrongType(schema, node);
        }
        return (in, draft) -> {
            long value = source.read(in);
            for (int i = 0; i < targets.size(); i++) {
                Target target = targets.get(i);
                if (toMillis != null && target.part() == Part.TIME) {
                    draft.setTimeMillis(target, toMillis.applyAsLong(value));
                } else {
                    draft.setInteger(target, value);
                }
            }
        };
    }

    /** From the unit of the schema; null for what is no point in time, such as a time of day. */
    private static @Nullable LongUnaryOperator toMillis(@Nullable LogicalType type) {
        if (type == null) {
            return LongUnaryOperator.identity();
        }
        return switch (type.getName()) {
            case "timestamp-millis", "local-timestamp-millis" -> LongUnaryOperator.identity();
            case "timestamp-micros", "local-timestamp-micros" -> micros -> Math.floorDiv(micros, MILLI_MICROS);
            case "timestamp-nanos", "local-timestamp-nanos" -> nanos -> Math.floorDiv(nanos, MILLI_NANOS);
            case "date" -> days -> days * DAY_MILLIS;
            default -> null;
        };
    }

    private static AvroStep ofDecimal(Schema schema, PathNode node) {
        if (!(schema.getLogicalType() instanceof LogicalTypes.Decimal decimal)) {
            return AvroPlan.ofWrongType(schema, node);
        }
        int scale = decimal.getScale();
        boolean fixed = schema.getType() == Schema.Type.FIXED;
        int fixedBytes = fixed ? schema.getFixedSize() : 0;
        return (in, draft) -> {
            byte[] unscaled;
            if (fixed) {
                unscaled = new byte[fixedBytes];
                in.readFixed(unscaled);
            } else {
                unscaled = in.readBytes(null).array();
            }
            setReal(node.targets(), new BigDecimal(new BigInteger(unscaled), scale).doubleValue(), draft);
        };
    }

    private static void setText(List<Target> targets, String value, EventDraft draft) throws MalformedEventException {
        for (int i = 0; i < targets.size(); i++) {
            draft.setText(targets.get(i), value);
        }
    }

    private static void setReal(List<Target> targets, double value, EventDraft draft) throws MalformedEventException {
        for (int i = 0; i < targets.size(); i++) {
            draft.setReal(targets.get(i), value);
        }
    }

    private interface IntegerSource {
        long read(BinaryDecoder in) throws IOException;
    }
}
