package dev.kiln.engine;

/**
 * Where values are, who still needs them, and how they come back: copies are freed when nobody needs them, a value that
 * was lost is made again when somebody does, and a task is forgotten when no value that depends on it can be lost any
 * more. Everything that could cascade goes through the lists in {@link Context}, so depth costs no stack.
 */
final class Values {

    private final Context context;

    Values(Context context) {
        this.context = context;
    }

    /** Registers a task with its inputs. Those that are GONE will be made again. */
    void startReading(Entry task) {
        task.reading = true;
        for (long id : task.inputs()) {
            context.existing(id).readers++;
        }
        link(task);
    }

    /** The task may have to run again, for which its inputs may have to be made again. */
    void link(Entry task) {
        if (task.linked) {
            return;
        }
        task.linked = true;
        for (long id : task.inputs()) {
            context.existing(id).lineage++;
        }
    }

    /** The task has ended for now; inputs that only it needed can go. */
    void stopReading(Entry task) {
        if (!task.reading) {
            return;
        }
        task.reading = false;
        for (long id : task.inputs()) {
            Entry input = context.existing(id);
            input.readers--;
            context.toCheck.add(input);
        }
    }

    /** The task will never run again, so that its inputs need not be made again for it. */
    void unlink(Entry task) {
        if (!task.linked) {
            return;
        }
        task.linked = false;
        for (long id : task.inputs()) {
            Entry input = context.existing(id);
            input.lineage--;
            context.toCheck.add(input);
        }
    }

    /** Makes the task wait for those inputs that do not exist now, and asks for them. */
    void awaitInputs(Entry task) {
        task.state = TaskState.WAITING;
        for (long id : task.inputs()) {
            Entry input = context.existing(id);
            if (input.state == TaskState.FAILED) {
                fail(task, failureOf(input).of(task.id));
                return;
            }
        }
        for (long id : task.inputs()) {
            Entry input = context.existing(id);
            if (!input.available()) {
                input.addWaiter(task);
                task.missing++;
                need(input);
                if (input.state == TaskState.RUNNING && task.missing == 1) {
                    context.mayBeFollowed(input);
                }
            }
        }
        if (task.missing == 0) {
            context.toPlace.add(task);
        } else {
            context.story.add(task, Story.What.WAITS, task.missing);
        }
    }

    static Failure failureOf(Entry failed) {
        Failure failure = failed.failure;
        return failure == null ? new Failure(failed.id, "failed") : failure;
    }

    /** If the value is GONE, its task runs again. */
    void need(Entry value) {
        if (value.state == TaskState.GONE) {
            value.state = TaskState.WAITING;
            context.toRevive.add(value);
        }
    }

    /** What {@link #need} asked for: the task itself needs its inputs now. */
    void revive(Entry task) {
        context.story.add(task, Story.What.NEEDED, 0);
        context.repeated++;
        task.retriesLeft = task.spec == null ? 0 : task.spec.retries();
        startReading(task);
        awaitInputs(task);
    }

    /** The value exists: those who wait for it go on. */
    void becameAvailable(Entry value) {
        int count = value.waiterCount();
        Entry[] waiters = value.waiters();
        value.clearWaiters();
        for (int k = 0; k < count; k++) {
            Entry task = waiters[k];
            if (task.ahead == value) {
                Followers.resultExists(task, value, context);
            } else if (task.state == TaskState.WAITING && --task.missing == 0) {
                context.toPlace.add(task);
            }
        }
        deliver(value);
        context.toCheck.add(value);
    }

    /** Answers the gets that can be answered. */
    void deliver(Entry value) {
        while (value.delivering < value.wanted && value.available()) {
            int from = deliveredFrom(value);
            value.delivering++;
            value.exposed = true;
            context.story.add(value, Story.What.DELIVERY, from);
            context.emit(new Command.Deliver(value.id, from));
        }
    }

    private static int deliveredFrom(Entry value) {
        if (value.atDriver) {
            return Places.DRIVER;
        }
        if (!value.heldByNone()) {
            return value.nextHolder(0);
        }
        return value.inCache ? Places.CACHE : Places.CHECKPOINT;
    }

    void want(Entry value) {
        context.story.add(value, Story.What.WANTED, 0);
        if (value.state == TaskState.FAILED) {
            announceFailure(value);
            return;
        }
        value.wanted++;
        need(value);
        deliver(value);
    }

    /** A delivery came to nothing: the next one follows as soon as there is something to deliver. */
    void wantAgain(Entry value) {
        need(value);
        deliver(value);
    }

    /** A place turned out not to have the value, or to exist no longer. */
    void forgetCopy(Entry value, int place) {
        context.story.add(value, Story.What.COPY_LOST, place);
        switch (place) {
            case Places.CACHE -> value.inCache = false;
            case Places.DRIVER -> value.atDriver = false;
            case Places.CHECKPOINT -> value.inCheckpoint = false;
            default -> value.removeHolder(place);
        }
        if (value.state == TaskState.DONE && !value.anywhere()) {
            lose(value, place);
        }
    }

    private void lose(Entry value, int place) {
        if (value.isPut()) {
            String where = place >= 0 && context.nodes.get(place) == null
                    ? " was lost with node " + context.nodes.name(place)
                    : " is no longer at " + Story.place(place, context.nodes);
            fail(value, new Failure(value.id, "the value put as #" + value.id + where));
        } else if (!value.linked && value.inputs().length > 0) {
            fail(value, new Failure(value.id, "the driver no longer has the result of " + value.label()));
        } else {
            gone(value);
            if (value.delivering < value.wanted || value.waiterCount() > 0) {
                need(value);
            }
        }
    }

    private void gone(Entry value) {
        value.state = TaskState.GONE;
        context.story.add(value, Story.What.GONE, 0);
        context.toCheck.add(value);
    }

    /** An update changed the value itself, or may have: no copy is left, and whoever still needs it has it made again. */
    void consumed(Entry value, Entry by) {
        value.consumer = null;
        context.story.add(value, Story.What.UPDATED, by.id);
        if (value.state != TaskState.DONE) {
            return;
        }
        freeOnNodes(value);
        gone(value);
        if (value.waiterCount() > 0 || value.wanted > 0) {
            need(value);
        }
    }

    /** The update did not begin: the value is what it was. */
    void notConsumed(Entry value) {
        value.consumer = null;
        if (value.available()) {
            becameAvailable(value);
        }
    }

    void fail(Entry entry, Failure failure) {
        entry.state = TaskState.FAILED;
        entry.failure = failure;
        entry.missing = 0;
        context.toFail.add(entry);
    }

    /** Tells the program and those who wait, who fail too. */
    void spreadFailure(Entry entry) {
        Failure failure = failureOf(entry);
        context.story.add(entry, Story.What.FAILED, failure.get(failure.size() > 1 ? 1 : 0));
        if (!entry.isPut()) {
            context.failed++;
        }
        announceFailure(entry);
        if (entry.attempt > 0 && entry.spec != null && entry.spec.target() instanceof Target.Shard) {
            // A run whose answer was lost with its node may have stored its result.
            context.emit(new Command.DropValue(Places.CACHE, entry.id));
        }
        entry.wanted = 0;
        entry.delivering = 0;
        int count = entry.waiterCount();
        Entry[] waiters = entry.waiters();
        entry.clearWaiters();
        for (int k = 0; k < count; k++) {
            Entry task = waiters[k];
            if (task.state == TaskState.WAITING) {
                fail(task, failure.of(task.id));
            } else {
                task.missing = 0; // it follows, and will be given back
            }
        }
        stopReading(entry);
        unlink(entry);
        context.toCheck.add(entry);
    }

    private void announceFailure(Entry entry) {
        Failure failure = failureOf(entry);
        context.emit(new Command.ValueFailed(entry.id, failure, failure.reason));
    }

    /**
     * Frees what nobody needs. A put value and one that the driver has are kept, in one place, while a task that may
     * have to run again reads them: the one could not be made again, the other is too small to be worth it.
     */
    void check(Entry value) {
        if (value.needed() || context.entries.get(value.id) != value) {
            return;
        }
        switch (value.state) {
            case DONE -> {
                boolean keep = value.lineage > 0 && (value.isPut() || value.atDriver);
                if (!keep) {
                    freeEverywhere(value);
                    if (value.lineage > 0) {
                        gone(value);
                    } else {
                        forget(value);
                    }
                } else if (value.atDriver || value.inCache) {
                    freeOnNodes(value);
                    if (value.atDriver && value.inCache) {
                        value.inCache = false;
                        context.emit(new Command.DropValue(Places.CACHE, value.id));
                    }
                }
            }
            case GONE, FAILED -> {
                if (value.lineage == 0) {
                    forget(value);
                }
            }
            case WAITING, READY, RUNNING -> {
                // It runs all the same, and is looked at again when it has ended.
            }
        }
    }

    private void freeOnNodes(Entry value) {
        for (int n = value.nextHolder(0); n >= 0; n = value.nextHolder(n + 1)) {
            value.removeHolder(n);
            context.emit(new Command.DropValue(n, value.id));
        }
    }

    private void freeEverywhere(Entry value) {
        freeOnNodes(value);
        // The file goes with the next checkpoint.
        value.inCheckpoint = false;
        if (value.inCache) {
            value.inCache = false;
            context.emit(new Command.DropValue(Places.CACHE, value.id));
        }
        if (value.atDriver) {
            value.atDriver = false;
            context.emit(new Command.DropValue(Places.DRIVER, value.id));
        }
    }

    private void forget(Entry value) {
        context.story.add(value, Story.What.FORGOTTEN, 0);
        unlink(value);
        context.entries.remove(value);
        context.emit(new Command.TaskForgotten(value.id));
    }
}
