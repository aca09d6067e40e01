/**
 * What crosses a process boundary: Avro records in single-object encoding and their schema store, and the hash that
 * names content. Used by every other module; uses none of them.
 */
@NullMarked
package io.millrace.schemas;

import org.jspecify.annotations.NullMarked;
