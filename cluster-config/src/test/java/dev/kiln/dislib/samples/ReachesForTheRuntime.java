package dev.kiln.dislib.samples;

import dev.kiln.runtime.cluster.ClusterLink;

public final class ReachesForTheRuntime {
    boolean encodes(ClusterLink link) {
        return link.encodes();
    }
}
