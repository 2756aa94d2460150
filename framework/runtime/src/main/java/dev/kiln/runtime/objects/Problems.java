package dev.kiln.runtime.objects;

import dev.kiln.runtime.objects.ObjectMessage.Problem;
import dev.kiln.tasks.ActiveObjectException.Reason;

/** What the {@link Directory} tells programs that cannot be helped. */
final class Problems {

    private Problems() {}

    static Problem aliasTaken(String alias) {
        return new Problem(
                Reason.ALIAS_TAKEN,
                "there is an object " + alias + " already: find it with named(\"" + alias + "\"), or delete it");
    }

    static Problem deleted() {
        return new Problem(Reason.DELETED, "the object was deleted");
    }

    static Problem deleted(String alias) {
        return new Problem(Reason.DELETED, "object " + alias + " was deleted");
    }

    static Problem lost(String alias, int node) {
        return new Problem(
                Reason.LOST,
                "object " + alias + " was lost with node-" + node
                        + ", which held its only copy: create it with backups(1) to have another");
    }

    static Problem moveEnded(String node) {
        return new Problem(Reason.NO_NODE, node + ", which it was to move to, was lost");
    }

    static Problem movesElsewhere(String node) {
        return new Problem(Reason.FAILED, "it was told to move to " + node + " instead");
    }

    static Problem lostWhileMade(String alias, int node) {
        return new Problem(Reason.LOST, "node-" + node + " was lost while it made object " + alias);
    }
}
