package dev.kiln.tasks;

import java.util.Objects;

/**
 * Where a task should run, given between the two steps of a call: {@code wf.task(Kernels::gram).on(near(x)).submit(x)}.
 * Without one, a task runs where most bytes of its inputs are, unless that node's queue is long.
 */
public sealed interface Placement {

    /** The number of shards; {@link #shard} takes 0 up to this, exclusive. */
    int SHARDS = 1024;

    /** Wherever it costs least; the default. */
    static Placement anywhere() {
        return Anywhere.INSTANCE;
    }

    /**
     * On a node that holds this value when the task becomes ready. The task does not wait for the value unless it also
     * reads it; where no node holds it yet, this is {@link #anywhere}.
     */
    static Placement near(Ref<?> value) {
        return new Near(value);
    }

    /** On the node of this name (see {@link Workflow#nodes}), and no other; fails when there is none. */
    static Placement node(String name) {
        return new OnNode(name);
    }

    /**
     * On the node that owns this shard, and the result is stored there: in the cluster's cache, with a backup where
     * there are two nodes or more. Consecutive shards belong to different nodes, so the blocks of a data set are
     * spread by giving block {@code i} the shard {@code i % SHARDS}. When the owner is lost another node takes over.
     */
    static Placement shard(int shard) {
        return new OnShard(shard);
    }

    /** See {@link Placement#anywhere}. */
    enum Anywhere implements Placement {
        /** The only one. */
        INSTANCE
    }

    /** See {@link Placement#near}. */
    record Near(Ref<?> value) implements Placement {
        /** Checks that there is a value. */
        public Near {
            Objects.requireNonNull(value, "near(null): expected a ref");
        }
    }

    /** See {@link Placement#node}. */
    record OnNode(String name) implements Placement {
        /** Checks that there is a name. */
        public OnNode {
            Objects.requireNonNull(name, "node(null): expected the name of a node; Workflow.nodes() lists them");
            if (name.isBlank()) {
                throw new IllegalArgumentException(
                        "node(\"\"): expected the name of a node; Workflow.nodes() lists them");
            }
        }
    }

    /** See {@link Placement#shard}. */
    record OnShard(int shard) implements Placement {
        /** Checks the range. */
        public OnShard {
            if (shard < 0 || shard >= SHARDS) {
                throw new IllegalArgumentException("shard(" + shard + "): expected 0 to " + (SHARDS - 1));
            }
        }
    }
}
