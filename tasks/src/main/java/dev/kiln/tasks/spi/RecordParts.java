package dev.kiln.tasks.spi;

import dev.kiln.tasks.Ref;

/** Takes references to accessors of record components apart. */
public final class RecordParts {

    private RecordParts() {}

    /**
     * The index of the component whose accessor this is, in the order of the record's declaration.
     *
     * @throws IllegalArgumentException when it is no such accessor
     */
    public static int indexOf(Ref.Accessor<?, ?> accessor) {
        return MethodReferences.recordComponent(accessor);
    }
}
