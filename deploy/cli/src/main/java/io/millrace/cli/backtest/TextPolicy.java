package io.millrace.cli.backtest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * One policy over the whole stream.
 *
 * <p>Threading: immutable.
 *
 * @param policy static or adaptive
 */
record TextPolicy(String policy, @JsonUnwrapped TextQuality quality) {}
