package io.millrace.schemas.codec;

import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;

/**
 * Turns one writer's schema and the wanted paths into the steps that read its records: built once per schema, run once
 * per record.
 *
 * <p>Threading: stateless.
 */
final class AvroPlan {
    private AvroPlan() {}

    /** The step that reads a whole value of the schema. */
    static AvroStep of(Schema schema, PathNode node) {
        return switch (schema.getType()) {
            case UNION -> ofUnion(schema.getTypes(), node);
            case NULL ->
                (in, draft) -> {
                    in.readNull();
                    node.clear(draft);
                };
            case RECORD -> node.isInner() ? ofRecord(schema.getFields(), node) : ofWrongType(schema, node);
            default -> node.isInner() ? ofWrongType(schema, node) : AvroLeaf.of(schema, node);
        };
    }

    /** The step for a value that cannot be what is wanted of it. */
    static AvroStep ofWrongType(Schema schema, PathNode node) {
        if (node.isOptional()) {
            return (in, draft) -> {
                GenericDatumReader.skip(schema, in);
                node.clear(draft);
            };
        }
        String found = "Avro " + schema.getType().getName()
                + (schema.getLogicalType() == null
                        ? ""
                        : ", " + schema.getLogicalType().getName());
        return (in, draft) -> {
            if (node.targets().isEmpty()) {
                throw new MalformedEventException(
                        MalformedReason.WRONG_TYPE, node.name() + " must be a record, was " + found);
            }
            throw EventDraft.wrongType(node.targets().get(0), found);
        };
    }

    private static AvroStep ofRecord(List<Schema.Field> fields, PathNode node) {
        AvroStep[] steps = new AvroStep[fields.size()];
        for (int i = 0; i < steps.length; i++) {
            Schema.Field field = fields.get(i);
            PathNode child = node.child(field.name());
            steps[i] = child == null ? ofUnwanted(field.schema()) : of(field.schema(), child);
        }
        return (in, draft) -> {
            for (AvroStep step : steps) {
                step.read(in, draft);
            }
        };
    }

    private static AvroStep ofUnwanted(Schema schema) {
        return (in, draft) -> GenericDatumReader.skip(schema, in);
    }

    private static AvroStep ofUnion(List<Schema> branches, PathNode node) {
        AvroStep[] steps = branches.stream().map(branch -> of(branch, node)).toArray(AvroStep[]::new);
        return (in, draft) -> {
            int branch = in.readIndex();
            if (branch < 0 || branch >= steps.length) {
                throw new AvroRuntimeException(
                        node.name() + " names branch " + branch + " of a union of " + steps.length);
            }
            steps[branch].read(in, draft);
        };
    }
}
