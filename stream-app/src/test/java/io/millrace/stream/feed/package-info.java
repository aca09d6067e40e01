/** Tests of the package of the same name. */
@NullMarked
package io.millrace.stream.feed;

import org.jspecify.annotations.NullMarked;
