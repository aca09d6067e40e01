package io.millrace.trainer.pretrain;

/**
 * A text and what is true of it.
 *
 * <p>Threading: immutable.
 *
 * @param label index of its class
 */
public record LabelledText(int label, String text) {}
