package dev.kiln.tasks.spi;

import org.jspecify.annotations.Nullable;

/** What every cluster says when a ref is used that can no longer be, so that programs read the same words everywhere. */
public final class Refusals {

    private Refusals() {}

    /**
     * A ref was used after an update replaced it.
     *
     * @param ref the ref, as {@code name#number}
     * @param by the update, as {@code name#number}
     * @param site where the update was submitted, as {@code File.java:line}
     */
    public static IllegalStateException updated(String ref, String by, @Nullable String site) {
        String where = site == null ? "" : " (" + site + ")";
        return new IllegalStateException(ref + " was updated by " + by + where + "; use the ref that call returned");
    }

    /** A ref was used after it was deleted. */
    public static IllegalStateException deleted(String ref) {
        return new IllegalStateException(ref + " was deleted; delete a ref after the last call that takes it");
    }

    /** A part was given to an update. */
    public static IllegalArgumentException partUpdated(String ref) {
        return new IllegalArgumentException(ref + " is a part: a part cannot be updated; take the whole record");
    }

    /** A part was deleted. */
    public static IllegalArgumentException partDeleted(String ref) {
        return new IllegalArgumentException(ref + " is a part: a part cannot be deleted; delete the whole record");
    }

    /** A part of a part was asked for. */
    public static IllegalArgumentException partOfPart(String ref) {
        return new IllegalArgumentException(
                ref + " is a part: a part has no parts; let a task take it and return the component");
    }

    /** A ref of one workflow was given to another. */
    public static IllegalArgumentException foreign(String ref) {
        return new IllegalArgumentException(
                ref + " belongs to another workflow; fetch it with get() and put(...) the value into this one");
    }

    /** Something was asked of a workflow that is closed. */
    public static IllegalStateException closed() {
        return new IllegalStateException("the workflow is closed; use its refs inside the try block that opened it");
    }
}
