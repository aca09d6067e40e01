/** Tests of what the stream process sets up. */
@NullMarked
package io.millrace.stream.runtime;

import org.jspecify.annotations.NullMarked;
