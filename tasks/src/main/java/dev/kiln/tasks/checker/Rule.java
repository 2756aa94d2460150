package dev.kiln.tasks.checker;

/** What the checker refuses. A code, once published, keeps its meaning; {@code docs/checker.md} lists them all. */
enum Rule {
    NOT_STATIC("KILN-001", "make it static and pass what it reads of the object as parameters"),
    PROTECTED("KILN-002", "make it public, package-private or private"),
    OVERLOADED("KILN-003", "give it a name of its own"),
    PARAMETER_CANNOT_TRAVEL("KILN-004", "use a record, an array, a collection, or a class that is Serializable"),
    RESULT_CANNOT_TRAVEL("KILN-005", "return a record, an array, a collection, or a class that is Serializable"),
    IN_OUT_NOT_FIRST("KILN-006", "make it the first parameter; a method that changes two takes them as one record"),
    IN_OUT_NOT_VOID("KILN-007", "return void, or return a new value and drop @InOut"),
    IN_OUT_IMMUTABLE("KILN-008", "drop @InOut and return the new value"),
    NO_RESULT("KILN-009", "return a value, or mark the first parameter @InOut"),
    TOO_MANY_PARAMETERS("KILN-010", "gather some in a record"),
    NEGATIVE_RETRIES("KILN-011", "give 0 or more"),
    VARARGS("KILN-012", "take an array, or a List and call it with all(...)"),
    GENERIC("KILN-013", "write it for the type it is called with"),
    IN_OUT_WITHOUT_TASK("KILN-014", "mark the method @Task, or drop @InOut"),
    LAMBDA("KILN-020", "move its body to a static @Task method and name that, as in Kernels::multiply"),
    NOT_A_TASK("KILN-021", "mark the method @Task, or name one that is"),
    NOTHING_TO_UPDATE("KILN-022", "call it through task(...), or mark its first parameter @InOut"),
    CHANGES_ITS_PARAMETER("KILN-023", "call it through update(...)");

    private final String code;
    private final String cure;

    Rule(String code, String cure) {
        this.code = code;
        this.cure = cure;
    }

    String code() {
        return code;
    }

    /** One line: the code, what was expected and found, and what to do. */
    String message(String expectedAndFound) {
        return code + ": " + expectedAndFound + "; " + cure;
    }
}
