/** Tests of what the doctor looks at. */
@NullMarked
package io.millrace.cli.doctor;

import org.jspecify.annotations.NullMarked;
