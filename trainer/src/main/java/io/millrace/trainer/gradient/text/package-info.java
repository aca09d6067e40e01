/** Texts as an encoder's tokens. Input: texts and a bundle's tokenizer. Output goes to the graph's inputs. */
@NullMarked
package io.millrace.trainer.gradient.text;

import org.jspecify.annotations.NullMarked;
