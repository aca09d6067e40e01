/** Tests of the package of the same name, and what they share. */
@NullMarked
package io.millrace.stream.feedback;

import org.jspecify.annotations.NullMarked;
