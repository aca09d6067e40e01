/** Texts as a model's tokens. Input: texts and a bundle's tokenizer. Output goes to the graph's inputs. */
@NullMarked
package io.millrace.inference.text;

import org.jspecify.annotations.NullMarked;
