/** Tests of the package of the same name, and what they share. */
@NullMarked
package io.millrace.stream.swap;

import org.jspecify.annotations.NullMarked;
