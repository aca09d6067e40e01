package io.millrace.cli.simulate;

/** Why a transaction is a fraud. */
public enum FraudScenario {
    NONE(0),
    /** The amount is above 220. */
    HIGH_AMOUNT(1),
    /** The terminal is compromised, for 28 days. */
    COMPROMISED_TERMINAL(2),
    /** The card is compromised for 14 days, in which a third of its transactions is five times as high. */
    COMPROMISED_CARD(3);

    private final int number;

    FraudScenario(int number) {
        this.number = number;
    }

    /** The number in the file's TX_FRAUD_SCENARIO column. */
    public int number() {
        return number;
    }
}
