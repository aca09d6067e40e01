package io.millrace.schemas.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads events from JSON objects: one pass over the bytes, in which only the wanted fields become values.
 *
 * <p>Fields that nobody asked for are ignored. Of a name that occurs twice the last value counts, though each must be of
 * the right type.
 *
 * <p>Threading: safe.
 */
public final class JsonEventCodec implements EventCodec {
    /** The kinds of value that a part of an event is read from. */
    private static final Set<JsonToken> READ_FROM = EnumSet.of(
            JsonToken.VALUE_STRING, JsonToken.VALUE_NUMBER_INT, JsonToken.VALUE_NUMBER_FLOAT, JsonToken.VALUE_NULL);

    private final FieldMapping mapping;
    private final EventShape shape;
    private final EventTime eventTime;
    private final PathNode root;
    private final JsonFactory factory = new JsonFactoryBuilder()
            // Names are compared by content; interning each new one would let strange input fill the JVM's table.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            // NaN is no JSON, but common enough to deserve its own reason.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    public JsonEventCodec(FieldMapping mapping, EventShape shape) {
        this.mapping = mapping;
        this.shape = shape;
        this.eventTime = new EventTime(mapping.timePattern());
        this.root = PathNode.of(mapping, shape);
    }

    @Override
    public Event decode(byte[] value) throws MalformedEventException {
        EventDraft draft = new EventDraft(mapping, shape, eventTime);
        try (JsonParser parser = factory.createParser(value)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw notJson("the value is empty", value.length);
            }
            if (first != JsonToken.START_OBJECT) {
                throw new MalformedEventException(
                        MalformedReason.WRONG_TYPE, "the value must be a JSON object, was " + shown(parser));
            }
            readObject(parser, root, draft);
            if (parser.nextToken() != null) {
                throw notJson("more follows after the object: send one object per record", value.length);
            }
        } catch (JsonProcessingException e) {
            throw notJson(e.getOriginalMessage() + at(e.getLocation()), value.length);
        } catch (IOException e) {
            throw notJson(String.valueOf(e.getMessage()), value.length);
        }
        return draft.toEvent();
    }

    private static void readObject(JsonParser parser, PathNode node, EventDraft draft)
            throws IOException, MalformedEventException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            PathNode child = node.child(name);
            JsonToken token = parser.nextToken();
            if (child == null) {
                parser.skipChildren();
            } else if (child.isInner()) {
                readInner(parser, token, child, draft);
            } else {
                readTargets(parser, token, child, draft);
            }
        }
    }

    private static void readInner(JsonParser parser, JsonToken token, PathNode node, EventDraft draft)
            throws IOException, MalformedEventException {
        node.clear(draft);
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token != JsonToken.START_OBJECT) {
            if (node.isOptional()) {
                parser.skipChildren();
                return;
            }
            throw new MalformedEventException(
                    MalformedReason.WRONG_TYPE, node.name() + " must be an object, was " + shown(parser));
        }
        readObject(parser, node, draft);
    }

    private static void readTargets(JsonParser parser, JsonToken token, PathNode node, EventDraft draft)
            throws IOException, MalformedEventException {
        List<Target> targets = node.targets();
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            if (target.part().isOptional() && !READ_FROM.contains(token)) {
                parser.skipChildren();
                draft.setMissing(target);
                continue;
            }
            switch (token) {
                case VALUE_STRING -> draft.setText(target, parser.getText());
                case VALUE_NUMBER_INT -> setInteger(parser, target, draft);
                case VALUE_NUMBER_FLOAT -> draft.setReal(target, parser.getDoubleValue());
                case VALUE_NULL -> draft.setMissing(target);
                default -> throw EventDraft.wrongType(target, shown(parser));
            }
        }
    }

    private static void setInteger(JsonParser parser, Target target, EventDraft draft)
            throws IOException, MalformedEventException {
        if (parser.getNumberType() == NumberType.BIG_INTEGER) {
            draft.setBigInteger(target, parser.getBigIntegerValue());
        } else {
            draft.setInteger(target, parser.getLongValue());
        }
    }

    private static String shown(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "the text " + MalformedEventException.shown(parser.getText());
            default -> MalformedEventException.shown(parser.getText());
        };
    }

    /** Nothing for a limit of the parser, whose message says where. */
    private static String at(@Nullable JsonLocation location) {
        return location == null ? "" : ", at byte " + location.getByteOffset();
    }

    private static MalformedEventException notJson(String problem, int lengthBytes) {
        return new MalformedEventException(MalformedReason.NOT_JSON, "no JSON (" + lengthBytes + " bytes): " + problem);
    }
}
