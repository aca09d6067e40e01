package io.millrace.stream.runtime;

/**
 * What became of the labels that a process took in. A label ends in one way only.
 *
 * @param received records of the feedback topic
 * @param settled joined to their event: first labels, corrections and retractions
 * @param duplicate the very same had been said before
 * @param superseded something later had been said before, or was said while they waited
 * @param waiting for their event
 * @param orphaned their event did not come in time, or was forgotten
 * @param dead no labels, or none of this model's
 * @param found waiting already when their partition was taken over, less those given away with theirs
 */
public record LabelBalance(
        long received,
        long settled,
        long duplicate,
        long superseded,
        long waiting,
        long orphaned,
        long dead,
        long found) {

    /** Labels of which nobody knows where they are: zero, or something is broken. */
    public long unaccounted() {
        return received + found - settled - duplicate - superseded - waiting - orphaned - dead;
    }
}
