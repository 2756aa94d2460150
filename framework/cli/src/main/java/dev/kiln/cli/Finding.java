package dev.kiln.cli;

/**
 * What {@code kiln doctor} found in one respect.
 *
 * @param name what was looked at: {@code java}
 * @param state whether it will do
 * @param found what was found
 * @param cure what to do about it, or empty
 */
record Finding(String name, State state, String found, String cure) {

    enum State {
        /** As it should be. */
        OK,
        /** Kiln runs, yet not as well as it could. */
        NOTE,
        /** Kiln will not run. */
        BAD
    }

    static Finding ok(String name, String found) {
        return new Finding(name, State.OK, found, "");
    }

    static Finding note(String name, String found, String cure) {
        return new Finding(name, State.NOTE, found, cure);
    }

    static Finding bad(String name, String found, String cure) {
        return new Finding(name, State.BAD, found, cure);
    }

    /** For people: the state in a column of its own. */
    String line() {
        String mark = switch (state) {
            case OK -> "ok  ";
            case NOTE -> "note";
            case BAD -> "BAD ";
        };
        String padded = name + " ".repeat(Math.max(1, 12 - name.length()));
        return mark + "  " + padded + found + (cure.isEmpty() ? "" : ": " + cure);
    }
}
