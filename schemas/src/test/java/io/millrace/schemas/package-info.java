/** Records as bytes, across the versions of their schemas. */
@NullMarked
package io.millrace.schemas;

import org.jspecify.annotations.NullMarked;
