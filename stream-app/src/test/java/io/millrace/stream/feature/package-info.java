/** Tests of the package of the same name. */
@NullMarked
package io.millrace.stream.feature;

import org.jspecify.annotations.NullMarked;
