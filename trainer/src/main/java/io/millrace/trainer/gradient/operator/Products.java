package io.millrace.trainer.gradient.operator;

import ai.djl.ndarray.NDArray;
import io.millrace.trainer.gradient.graph.Attributes;
import java.util.Map;

/** Products of matrices. */
final class Products {
    private Products() {}

    static void addTo(Map<String, OperatorFactory> table) {
        table.put("MatMul", OperatorFactory.plain(Operator.tensor(Products::multiply)));
        table.put("Gemm", (attributes, set) -> gemm(attributes));
    }

    private static NDArray multiply(Operands operands) {
        NDArray left = operands.tensor(0);
        NDArray right = operands.tensor(1);
        boolean row = left.getShape().dimension() == 1;
        boolean column = right.getShape().dimension() == 1;
        NDArray product = (row ? left.expandDims(0) : left).matMul(column ? right.expandDims(1) : right);
        int rank = product.getShape().dimension();
        if (column) {
            product = product.squeeze(rank - 1);
        }
        if (row) {
            product = product.squeeze(rank - 2);
        }
        return product;
    }

    private static Operator gemm(Attributes attributes) {
        boolean turnLeft = attributes.integer("transA", 0) != 0;
        boolean turnRight = attributes.integer("transB", 0) != 0;
        float alpha = attributes.number("alpha", 1);
        float beta = attributes.number("beta", 1);
        return Operator.tensor(operands -> {
            NDArray left = operands.tensor(0);
            NDArray right = operands.tensor(1);
            NDArray product =
                    (turnLeft ? left.transpose(1, 0) : left).matMul(turnRight ? right.transpose(1, 0) : right);
            NDArray scaled = alpha == 1 ? product : product.mul(alpha);
            if (!operands.has(2)) {
                return scaled;
            }
            NDArray addend = operands.tensor(2);
            return scaled.add(beta == 1 ? addend : addend.mul(beta));
        });
    }
}
