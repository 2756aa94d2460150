package dev.kiln.csvm.internal.multi;

import dev.kiln.csvm.MultiClass;
import dev.kiln.csvm.internal.rows.SideWeights;
import java.util.ArrayList;
import java.util.List;

/**
 * The two sides of one machine of a multi-class model.
 *
 * @param first index of the class with label +1
 * @param second index of the class with label -1, or {@link #REST}
 * @param fold whose rows are held back, or {@link #NO_FOLD}
 * @param price what C is multiplied by
 */
record Duel(int first, int second, int fold, double price) {

    /** No rows are held back. */
    static final int NO_FOLD = -1;

    /** A machine of all rows. */
    Duel(int first, int second) {
        this(first, second, NO_FOLD, 1);
    }

    /** Whether only the price differs, and is the higher one. */
    boolean follows(Duel other) {
        return first == other.first && second == other.second && fold == other.fold && price > other.price;
    }

    /** All other classes. */
    static final int REST = -1;

    /** The machines that so many classes need. Of two classes the second is the positive one, as +1 is of -1 and +1. */
    static List<Duel> all(MultiClass how, int classes) {
        List<Duel> duels = new ArrayList<>();
        if (classes == 2) {
            duels.add(new Duel(1, 0));
            return duels;
        }
        for (int i = 0; i < classes; i++) {
            if (how == MultiClass.OVR) {
                duels.add(new Duel(i, REST));
                continue;
            }
            for (int j = i + 1; j < classes; j++) {
                duels.add(new Duel(i, j));
            }
        }
        return duels;
    }

    /** What the sides weigh; the rest weighs 1, as in LIBLINEAR. */
    SideWeights weights(double[] classWeights) {
        return new SideWeights(classWeights[first], second == REST ? 1 : classWeights[second]);
    }

    /** +1, -1, or 0 for a row of a class that takes no part. */
    int label(int of) {
        if (of == first) {
            return 1;
        }
        return second == REST || of == second ? -1 : 0;
    }

    /** The class with most votes; of several the one with the greatest sum of decision values, then the first. */
    static int winner(double[] decisions, List<Duel> duels, int classes) {
        double[] votes = new double[classes];
        double[] strength = new double[classes];
        for (int m = 0; m < decisions.length; m++) {
            Duel duel = duels.get(m);
            strength[duel.first] += decisions[m];
            if (duel.second != REST) {
                strength[duel.second] -= decisions[m];
                votes[decisions[m] > 0 ? duel.first : duel.second]++;
            }
        }
        int best = 0;
        for (int k = 1; k < classes; k++) {
            if (votes[k] > votes[best] || (votes[k] == votes[best] && strength[k] > strength[best])) {
                best = k;
            }
        }
        return best;
    }
}
