/** Tests of the package of the same name. */
@NullMarked
package io.millrace.stream.scoring;

import org.jspecify.annotations.NullMarked;
