package dev.kiln.csvm.internal.linear;

import java.util.List;

/**
 * Where training stands: the machine of the multipliers there are.
 *
 * @param w {@code sum y_i alpha_i x_i}
 * @param s {@code sum y_i alpha_i}
 * @param centre what the threshold is drawn towards
 * @param sigma how weakly: the threshold b is {@code centre + sigma s}
 */
public record Plane(double[] w, double s, double centre, double sigma) {

    /** The threshold: a row's decision value is {@code w x + bias}. */
    public double bias() {
        return centre + sigma * s;
    }

    /** This plane with the changes of all lanes. */
    Plane after(List<Front> lanes) {
        double part = 1.0 / lanes.size();
        double[] to = w.clone();
        double sum = s;
        for (Front lane : lanes) {
            Vectors.add(part, Vectors.difference(lane.w(), w), to);
            sum += part * (lane.s() - s);
        }
        return lanes.size() == 1
                ? new Plane(lanes.getFirst().w(), lanes.getFirst().s(), centre, sigma)
                : new Plane(to, sum, centre, sigma);
    }

    /** The same, drawn towards the threshold that it has: a step of the method of multipliers. */
    Plane recentred() {
        return new Plane(w, s, bias(), sigma);
    }
}
