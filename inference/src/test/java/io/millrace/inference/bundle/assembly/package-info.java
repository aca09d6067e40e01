@NullMarked
package io.millrace.inference.bundle.assembly;

import org.jspecify.annotations.NullMarked;
