package io.millrace.bench.command;

import io.millrace.cli.output.WrongUseException;

/** What a command was asked for, made of its options. Threading: stateless. */
final class Asked {
    private Asked() {}

    /** Makes a plan or a benchmark, which refuses numbers that make no sense. */
    interface Making<T, E extends Exception> {
        T make() throws E;
    }

    /**
     * What is made of the options.
     *
     * @throws WrongUseException if it is refused
     */
    static <T, E extends Exception> T of(Making<T, E> making) throws E {
        try {
            return making.make();
        } catch (IllegalArgumentException impossible) {
            throw new WrongUseException(String.valueOf(impossible.getMessage()));
        }
    }
}
