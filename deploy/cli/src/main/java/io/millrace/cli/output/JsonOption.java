package io.millrace.cli.output;

import picocli.CommandLine.Option;

/** Mixed into every command that lists something. */
public final class JsonOption {

    @Option(names = "--json", description = "Print JSON for programs instead of a table for people.")
    private boolean json;

    public boolean json() {
        return json;
    }
}
