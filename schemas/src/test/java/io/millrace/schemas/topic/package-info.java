/** Tests of the topic catalogue. */
@NullMarked
package io.millrace.schemas.topic;

import org.jspecify.annotations.NullMarked;
