/**
 * From a user's bytes to an event: the first step of a record's way. Input: values of the input topic; output goes to
 * the feature stages of the stream.
 */
@NullMarked
package io.millrace.schemas.codec;

import org.jspecify.annotations.NullMarked;
