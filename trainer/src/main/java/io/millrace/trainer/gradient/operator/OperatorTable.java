package io.millrace.trainer.gradient.operator;

import io.millrace.trainer.gradient.graph.Attributes;
import io.millrace.trainer.gradient.graph.GraphNode;
import io.millrace.trainer.learn.LearningException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All operators there are: those of BERT-like encoders and of networks over columns of numbers.
 *
 * <p>Threading: immutable.
 */
public final class OperatorTable {
    private static final Map<String, OperatorFactory> FACTORIES = factories();
    private static final Set<String> OF_SEVERAL_OUTPUTS = Set.of("Split");

    private OperatorTable() {}

    /** The operators' names, for messages and for the test that goes through all of them. */
    public static Set<String> names() {
        return Collections.unmodifiableSet(FACTORIES.keySet());
    }

    /**
     * What a node does.
     *
     * @throws LearningException if its operator, an attribute or one of its outputs is not supported
     */
    public static Operator operatorOf(GraphNode node, long operatorSet) throws LearningException {
        OperatorFactory factory = node.domain().isEmpty() ? FACTORIES.get(node.operator()) : null;
        if (factory == null) {
            throw node.unsupported("is not among the supported operators " + FACTORIES.keySet());
        }
        if (node.namedOutputs() > 1 && !OF_SEVERAL_OUTPUTS.contains(node.operator())) {
            throw node.unsupported("gives " + node.outputs() + ", only its first output is supported");
        }
        Attributes attributes = new Attributes(node);
        Operator operator = factory.bind(attributes, operatorSet);
        attributes.requireAllAsked();
        return operator;
    }

    private static Map<String, OperatorFactory> factories() {
        Map<String, OperatorFactory> table = new TreeMap<>();
        Arithmetic.addTo(table);
        Functions.addTo(table);
        Activations.addTo(table);
        Products.addTo(table);
        Normalisations.addTo(table);
        Reductions.addTo(table);
        Shapes.addTo(table);
        Pieces.addTo(table);
        Logic.addTo(table);
        return table;
    }
}
