/** Tests of texts as tokens. */
@NullMarked
package io.millrace.inference.text;

import org.jspecify.annotations.NullMarked;
