/** Settings and manifests as people write them, right and wrong. */
@NullMarked
package io.millrace.inference.config;

import org.jspecify.annotations.NullMarked;
