package io.millrace.schemas.codec;

import io.millrace.schemas.codec.Target.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The wanted paths as a tree that both codecs walk beside a record: the root stands for the record, each child for a
 * field in which something wanted lies.
 *
 * <p>Threading: immutable once built.
 */
final class PathNode {
    private final String path;
    private final Map<String, PathNode> children = new HashMap<>();
    private final List<Target> targets = new ArrayList<>();

    private PathNode(String path) {
        this.path = path;
    }

    /** The tree of the parts that a shape has, at the paths that the mapping gives them. */
    static PathNode of(FieldMapping mapping, EventShape shape) {
        PathNode root = new PathNode("");
        root.add(Part.ID, 0, mapping.id());
        root.add(Part.TIME, 0, mapping.time());
        addAll(root, Part.KEY, shape.keyFields(), mapping);
        addAll(root, Part.NUMBER, shape.numberFields(), mapping);
        if (shape.text()) {
            String text = mapping.text();
            if (text == null) {
                throw new IllegalArgumentException(
                        "the model reads a text, and the mapping has no path of one: set the pipeline's 'text'");
            }
            root.add(Part.TEXT, 0, text);
        }
        String segment = shape.segmentField();
        if (segment != null) {
            root.add(Part.SEGMENT, 0, mapping.path(segment));
        }
        String subject = shape.subjectField();
        if (subject != null) {
            root.add(Part.SUBJECT, 0, mapping.path(subject));
        }
        root.requireEitherValueOrObject();
        return root;
    }

    /** What messages call it. */
    String name() {
        return path.isEmpty() ? "the value" : "field '" + path + "'";
    }

    @Nullable
    PathNode child(String name) {
        return children.get(name);
    }

    /** Whether something wanted lies deeper; such a field has no targets of its own. */
    boolean isInner() {
        return !children.isEmpty();
    }

    /** Whether nothing lies here or deeper that an event must have: then no shape of value is wrong. */
    boolean isOptional() {
        return targets.stream().allMatch(target -> target.part().isOptional())
                && children.values().stream().allMatch(PathNode::isOptional);
    }

    /** The parts that are read from this very field. */
    List<Target> targets() {
        return targets;
    }

    /** Forgets what was read from this field and below it, so that a second occurrence starts anew. */
    void clear(EventDraft draft) {
        targets.forEach(draft::setMissing);
        children.values().forEach(child -> child.clear(draft));
    }

    private static void addAll(PathNode root, Part part, List<String> names, FieldMapping mapping) {
        for (int i = 0; i < names.size(); i++) {
            root.add(part, i, mapping.path(names.get(i)));
        }
    }

    private void requireEitherValueOrObject() {
        if (isInner() && !targets.isEmpty()) {
            throw new IllegalArgumentException("the mapping reads '" + path + "' as a value, and also fields below it, "
                    + children.keySet() + ": correct one of these paths");
        }
        children.values().forEach(PathNode::requireEitherValueOrObject);
    }

    private void add(Part part, int index, String targetPath) {
        PathNode node = this;
        for (String step : targetPath.split("\\.", -1)) {
            String childPath = node.path.isEmpty() ? step : node.path + "." + step;
            node = node.children.computeIfAbsent(step, name -> new PathNode(childPath));
        }
        node.targets.add(new Target(part, index, targetPath));
    }
}
