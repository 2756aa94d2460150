package dev.kiln.lstm.worker.engine;

/**
 * The coefficients of {@code tanh x = x P(x^2) / Q(x^2)} on [-LIMIT, LIMIT], beyond which tanh is 1 to the precision
 * of a float. A quotient of polynomials needs no exponential, so that plain loops vectorise. The coefficients were
 * fitted to the least greatest relative error, 6e-9; with the rounding of floats it is below 3e-7, and no value
 * exceeds 1.
 */
final class Squash {

    static final float LIMIT = 7.9f;

    static final float P0 = 1.0f;
    static final float P1 = 0.1345062f;
    static final float P2 = 0.0035789914f;
    static final float P3 = 2.2023234e-5f;
    static final float P4 = 1.5427958e-8f;

    static final float Q0 = 1.0f;
    static final float Q1 = 0.46783948f;
    static final float Q2 = 0.026192235f;
    static final float Q3 = 3.4236495e-4f;
    static final float Q4 = 8.598774e-7f;

    private Squash() {}

    /** The logistic function of the first n, in place: {@code 1/2 + 1/2 tanh(x/2)}. */
    static void logistic(float[] x, int n) {
        for (int j = 0; j < n; j++) {
            float t = Math.min(Math.max(x[j] * 0.5f, -LIMIT), LIMIT);
            float s = t * t;
            float p = Math.fma(Math.fma(Math.fma(Math.fma(P4, s, P3), s, P2), s, P1), s, P0);
            float q = Math.fma(Math.fma(Math.fma(Math.fma(Q4, s, Q3), s, Q2), s, Q1), s, Q0);
            x[j] = Math.fma(p * t / q, 0.5f, 0.5f);
        }
    }

    /** {@code out = tanh x} of the first n. */
    static void tanh(float[] x, int n, float[] out) {
        for (int j = 0; j < n; j++) {
            float t = Math.min(Math.max(x[j], -LIMIT), LIMIT);
            float s = t * t;
            float p = Math.fma(Math.fma(Math.fma(Math.fma(P4, s, P3), s, P2), s, P1), s, P0);
            float q = Math.fma(Math.fma(Math.fma(Math.fma(Q4, s, Q3), s, Q2), s, Q1), s, Q0);
            out[j] = p * t / q;
        }
    }
}
