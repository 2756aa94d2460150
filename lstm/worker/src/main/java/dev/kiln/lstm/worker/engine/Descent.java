package dev.kiln.lstm.worker.engine;

/**
 * How weights follow gradients: Adam (D. P. Kingma, J. Ba, <i>Adam: a method for stochastic optimization</i>, ICLR 2015)
 * with beta 0.9 and 0.999 and epsilon 1e-8.
 *
 * @param learningRate above 0
 * @param clip the greatest norm of all gradients together; 0 for no limit
 */
public record Descent(double learningRate, double clip) {

    /** Decay of the first moments. */
    public static final double BETA1 = 0.9;

    /** Decay of the second moments. */
    public static final double BETA2 = 0.999;

    /** Keeps the quotient finite. */
    public static final double EPSILON = 1e-8;

    /** What gradients of this norm are multiplied by, as PyTorch's {@code clip_grad_norm_} does; at most 1. */
    public double shrink(double norm) {
        return clip == 0 ? 1 : Math.min(1, clip / (norm + 1e-6));
    }
}
