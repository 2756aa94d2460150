package dev.kiln.runtime.driver;

import org.jspecify.annotations.Nullable;

/**
 * Why a ref cannot be used any more. In words only when somebody asks: a program may let go of a million refs.
 *
 * @param updatedBy the next version of the value, or null when the value was deleted
 * @param site where in the program that update was submitted
 */
record Gone(@Nullable ValueState updatedBy, @Nullable String site) {

    static final Gone DELETED = new Gone(null, null);

    boolean byDeletion() {
        return updatedBy == null;
    }

    String why(DriverRef<?> ref) {
        return updatedBy == null
                ? "this value was deleted: " + ref
                : "this value was updated by " + updatedBy.title() + " (" + site + "); use the ref that call returned";
    }
}
