/** What the doctor looks at: this machine, the broker, the topics and the registry; each finding with its remedy. */
@NullMarked
package io.millrace.cli.doctor;

import org.jspecify.annotations.NullMarked;
