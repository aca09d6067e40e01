/**
 * What a GPU changes: answers, speed by batch, swaps and memory, with the product's own loader and topology. Input: a
 * device and models. Output: numbers for {@code millrace bench gpu}, which also runs on a CPU to be tried.
 */
@NullMarked
package io.millrace.bench.gpu;

import org.jspecify.annotations.NullMarked;
