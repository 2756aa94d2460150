package dev.kiln.engine;

/**
 * Where a task, and the value that it makes, stands.
 *
 * <pre>
 *                 inputs exist          sent             finished
 *   submitted ──► WAITING ──────► READY ─────► RUNNING ──────────► DONE
 *                  ▲  ▲            │  ▲           │                  │ last copy freed,
 *                  │  └────────────┘  └───────────┤                  │ lost, or updated
 *                  │    an input was    retry, or │                  ▼ in place
 *                  │    lost meanwhile  node lost │                 GONE
 *                  └──────────────────────────────┼── needed again ──┘
 *                                                 │
 *   any of them ──► FAILED  (threw for good, or an input failed, or nowhere to run)
 *
 *   DONE, GONE, FAILED ──► forgotten, once the program let go of the value and nothing can need it again
 * </pre>
 *
 * A value that was put begins at DONE, and fails instead of being GONE: nothing could make it again.
 */
public enum TaskState {
    /** An input does not exist yet, or is being made again. */
    WAITING,
    /** In a node's queue, or waiting for a node to queue at. */
    READY,
    /** Sent to a node. */
    RUNNING,
    /** The value exists somewhere. */
    DONE,
    /** The value existed and is nowhere now; the task runs again if somebody needs it. */
    GONE,
    /** The value will never exist. */
    FAILED
}
