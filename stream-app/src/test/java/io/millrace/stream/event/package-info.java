/** Tests of the package of the same name, and what they share. */
@NullMarked
package io.millrace.stream.event;

import org.jspecify.annotations.NullMarked;
