/** Bundles that belong together and bundles that do not. */
@NullMarked
package io.millrace.inference.bundle;

import org.jspecify.annotations.NullMarked;
