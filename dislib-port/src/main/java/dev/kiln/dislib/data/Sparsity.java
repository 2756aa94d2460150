package dev.kiln.dislib.data;

/** Whether the blocks of an array store zeros. */
public enum Sparsity {
    /** Not where a LIBSVM file gives fewer than one value in twenty; else they do. */
    AUTO,
    /** They do not: memory is proportional to the other elements. */
    YES,
    /** They do: memory is proportional to the size of the array. */
    NO;

    /** Fewer elements than one in so many: then working on them alone is faster than on all of them in vectors. */
    private static final long ONE_IN = 20;

    /** Whether to store no zeros, for so many values that are none. */
    public boolean isSparse(TextFormat format, long values, long rows, long features) {
        return switch (this) {
            case AUTO -> format == TextFormat.LIBSVM && values < rows * (double) features / ONE_IN;
            case YES -> true;
            case NO -> false;
        };
    }
}
