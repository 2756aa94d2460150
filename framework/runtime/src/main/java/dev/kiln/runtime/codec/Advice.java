package dev.kiln.runtime.codec;

import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import java.lang.reflect.Modifier;

/** Says of a class why its objects cannot travel, and what to do. */
final class Advice {

    private Advice() {}

    /** A predicate, to follow the path of a field: "is a java.lang.Thread, which cannot travel; make it ...". */
    static String cannotTravel(Class<?> type) {
        String name = type.getName();
        if (Ref.class.isAssignableFrom(type) || type == Workflow.class) {
            return "is a " + name + ", which cannot travel inside a value; pass refs as arguments of their own, or"
                    + " gathered by Arg.all";
        }
        if (type.isHidden()) {
            return "is a lambda or method reference that is not Serializable; declare its type as an interface that"
                    + " extends Serializable, or cast it: (Function<A, B> & Serializable)";
        }
        if (type.isAnonymousClass() || type.isLocalClass()) {
            return "is an object of the " + (type.isAnonymousClass() ? "anonymous" : "local") + " class " + name
                    + ", which cannot travel; make it a record or a static nested Serializable class";
        }
        if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers()) && !type.isInterface()) {
            return "is a " + name + ", an inner class that holds its outer object and cannot travel; make it a record,"
                    + " or a static Serializable class";
        }
        return "is a " + name + ", which cannot travel; make it a record, a Serializable class, or leave it out";
    }
}
