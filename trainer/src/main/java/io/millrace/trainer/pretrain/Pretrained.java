package io.millrace.trainer.pretrain;

import io.millrace.inference.bundle.Bundle;

/**
 * A first model and how it did on the hold-out.
 *
 * @param bundle ready to write or to publish
 * @param holdOut quality on days that it did not learn from
 * @param parity largest difference between the exported model and the trees
 */
public record Pretrained(Bundle bundle, FraudQuality holdOut, double parity) {}
