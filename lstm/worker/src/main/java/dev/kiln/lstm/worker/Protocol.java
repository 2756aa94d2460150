package dev.kiln.lstm.worker;

/**
 * How training is timed, after the paper whose experiment {@code kiln lstm} repeats: its text and its published code
 * do not do the same.
 */
public enum Protocol {
    /** The epochs once, timed; one pass of evaluation. */
    PAPER_AS_WRITTEN(1, 1),
    /**
     * The epochs once, not timed, and as many again on the same network, timed; evaluation is a hundred passes. So the
     * network has seen twice as many epochs as it says.
     */
    PAPER_AS_CODED(2, 100);

    private final int trainings;
    private final int evaluations;

    Protocol(int trainings, int evaluations) {
        this.trainings = trainings;
        this.evaluations = evaluations;
    }

    /** How often the epochs are trained; the last time counts. */
    public int trainings() {
        return trainings;
    }

    /** How often the test rows are evaluated; all times count. */
    public int evaluations() {
        return evaluations;
    }
}
