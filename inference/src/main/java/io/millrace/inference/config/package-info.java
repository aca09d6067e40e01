/**
 * From YAML text to validated records, and back. Used by everything that reads a setting or a manifest; knows nothing
 * of what the records mean.
 */
@NullMarked
package io.millrace.inference.config;

import org.jspecify.annotations.NullMarked;
