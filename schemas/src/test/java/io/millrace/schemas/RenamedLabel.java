package io.millrace.schemas;

import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.ClassSecurityValidator;

/** As the class of a label would be, had an earlier release called the record "Verdict" and the event's id "tx". */
public final class RenamedLabel extends SpecificRecordBase {
    static {
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), RenamedLabel.class::equals));
    }

    /** Avro finds a class's schema by this name. */
    public static final Schema SCHEMA$ = TestRecords.schema("""
            {"type": "record", "name": "RenamedLabel", "namespace": "io.millrace.schemas", "aliases": ["Verdict"],
             "fields": [
              {"name": "event_id", "aliases": ["tx"], "type": {"type": "string", "avro.java.string": "String"}},
              {"name": "label", "type": {"type": "string", "avro.java.string": "String"}}]}
            """);

    private String eventId = "";
    private String label = "";

    public String eventId() {
        return eventId;
    }

    public String label() {
        return label;
    }

    @Override
    public Schema getSchema() {
        return SCHEMA$;
    }

    @Override
    public Object get(int field) {
        return field == 0 ? eventId : label;
    }

    @Override
    public void put(int field, Object value) {
        if (field == 0) {
            eventId = Objects.requireNonNull(value).toString();
        } else {
            label = Objects.requireNonNull(value).toString();
        }
    }
}
