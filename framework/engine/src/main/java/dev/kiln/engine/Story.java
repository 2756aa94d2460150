package dev.kiln.engine;

import java.util.StringJoiner;

/** The latest happenings of all tasks, in a ring of fixed size, to be read when something went wrong. */
final class Story {

    /** What can happen to a task or a value; %d is the number recorded along. */
    enum What {
        SUBMITTED("submitted with %d inputs"),
        RESTORED("done in an earlier run, its value at %s"),
        PUT("put at %s"),
        WAITS("waits for %d inputs"),
        QUEUED("ready, queued for %s"),
        HOMELESS("ready, no node to go to"),
        SENT("sent to %s"),
        SENT_IN_PLACE("sent to %s, to change its first input in place"),
        SENT_BEHIND("sent behind #%d"),
        ASKED("asked for back from %s"),
        RETURNED("given back by %s"),
        FINISHED("finished on %s"),
        STALE("answered late or twice by %s, ignored"),
        THREW("threw on %s"),
        INPUT_MISSING("did not run: no input #%d"),
        NODE_LOST("was on %s when that was lost"),
        COPIED("copied to %s"),
        HANDED_OVER("to be copied to %s, as its holder leaves"),
        COPY_LOST("no longer at %s"),
        UPDATED("changed in place by #%d"),
        GONE("nowhere any more"),
        NEEDED("to be made again"),
        RELEASED("released"),
        WANTED("wanted by the program"),
        DELIVERY("being delivered from %s"),
        DELIVERED("delivered"),
        FAILED("failed, because of #%d"),
        FORGOTTEN("forgotten");

        private final String text;

        What(String text) {
            this.text = text;
        }
    }

    private final long[] tasks;
    private final long[] numbers;
    private final int[] attempts;
    private final What[] whats;
    private long count;

    Story(int capacity) {
        tasks = new long[capacity];
        numbers = new long[capacity];
        attempts = new int[capacity];
        whats = new What[capacity];
    }

    void add(Entry entry, What what, long number) {
        if (tasks.length == 0) {
            return;
        }
        int place = (int) (count++ % tasks.length);
        tasks[place] = entry.id;
        numbers[place] = number;
        attempts[place] = entry.attempt;
        whats[place] = what;
    }

    /** One line for each happening that is still remembered, the oldest first. */
    String of(long task, Nodes nodes) {
        StringJoiner lines = new StringJoiner("\n");
        for (long k = Math.max(0, count - tasks.length); k < count; k++) {
            int place = (int) (k % tasks.length);
            if (tasks[place] == task) {
                String text = whats[place].text;
                String about = text.contains("%s") ? place(numbers[place], nodes) : Long.toString(numbers[place]);
                lines.add("  " + k + ": attempt " + attempts[place] + " "
                        + text.replace("%s", about).replace("%d", about));
            }
        }
        return lines.toString();
    }

    static String place(long place, Nodes nodes) {
        return switch ((int) place) {
            case Places.CACHE -> "the cache";
            case Places.DRIVER -> "the driver";
            case Places.CHECKPOINT -> "the checkpoint";
            case Places.NOWHERE -> "no place";
            default -> "node " + nodes.name((int) place);
        };
    }
}
