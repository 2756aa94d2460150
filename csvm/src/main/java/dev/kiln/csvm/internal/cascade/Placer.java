package dev.kiln.csvm.internal.cascade;

import dev.kiln.tasks.NodeInfo;
import dev.kiln.tasks.Placement;
import dev.kiln.tasks.Ref;
import java.util.List;
import java.util.SplittableRandom;

/** Says where the tasks of a training run, which changes what moves and never what comes out. For one thread. */
public interface Placer {

    /** For a task that reads this value most of all. */
    Placement near(Ref<?> value);

    /** For a task that reads several values alike. */
    Placement anywhere();

    /** Tasks go to their data. */
    static Placer affinity() {
        return new Placer() {
            @Override
            public Placement near(Ref<?> value) {
                return Placement.near(value);
            }

            @Override
            public Placement anywhere() {
                return Placement.anywhere();
            }
        };
    }

    /** Tasks go to nodes drawn by a seed, wherever their data are. */
    static Placer random(List<NodeInfo> nodes, long seed) {
        var random = new SplittableRandom(seed);
        return new Placer() {
            @Override
            public Placement near(Ref<?> value) {
                return anywhere();
            }

            @Override
            public Placement anywhere() {
                return Placement.node(nodes.get(random.nextInt(nodes.size())).name());
            }
        };
    }
}
