/** Tests of the comparison with known right features. */
@NullMarked
package io.millrace.cli.compare;

import org.jspecify.annotations.NullMarked;
