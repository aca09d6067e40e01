/** The whole loop on a real broker: labels in, versions out, with processes killed on the way. */
@NullMarked
package io.millrace.cli.training;

import org.jspecify.annotations.NullMarked;
