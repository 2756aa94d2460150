package dev.kiln.runtime.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Delivers messages on one thread in the order of a virtual time: each takes a random while by that clock, none by the
 * real one. Messages from one place to another arrive in the order sent; between different pairs anything goes.
 * Thread-safe; the messages run without its lock.
 */
final class Postman {

    private static final int LONGEST_DELAY = 1000;

    private final Random random;
    private final int doubled;
    private final PriorityQueue<Letter> letters = new PriorityQueue<>();
    private final Map<Long, Long> lastOnLink = new HashMap<>();
    private final Map<Integer, List<Runnable>> onDrop = new HashMap<>();
    private final java.util.Set<Integer> dropped = new java.util.HashSet<>();
    private long now;
    private long sent;
    private boolean closed;

    Postman(long seed, int doubled) {
        this.random = new Random(seed);
        this.doubled = doubled;
        Thread.ofPlatform().daemon().name("postman").start(this::work);
    }

    private record Letter(long time, long order, int from, int to, Runnable action) implements Comparable<Letter> {
        @Override
        public int compareTo(Letter other) {
            return time != other.time ? Long.compare(time, other.time) : Long.compare(order, other.order);
        }
    }

    /** Sends what must arrive once. */
    synchronized void send(int from, int to, Runnable action) {
        long link = (long) from << 32 | (to & 0xffffffffL);
        long time = Math.max(now + random.nextInt(LONGEST_DELAY), lastOnLink.getOrDefault(link, 0L));
        lastOnLink.put(link, time);
        letters.add(new Letter(time, sent++, from, to, action));
        notifyAll();
    }

    /** Sends what may arrive twice. */
    synchronized void sendMessage(int from, int to, Runnable action) {
        send(from, to, action);
        if (random.nextInt(1000) < doubled) {
            send(from, to, action);
        }
    }

    /** Runs the action if the place is dropped, now if it is. */
    void onDrop(int place, Runnable action) {
        synchronized (this) {
            if (!dropped.contains(place)) {
                onDrop.computeIfAbsent(place, ignored -> new ArrayList<>()).add(action);
                return;
            }
        }
        action.run();
    }

    /** Throws away what a place has sent or would be sent. */
    void drop(int place) {
        List<Runnable> told;
        synchronized (this) {
            dropped.add(place);
            letters.removeIf(letter -> letter.from == place || letter.to == place);
            told = onDrop.getOrDefault(place, List.of());
            onDrop.remove(place);
        }
        told.forEach(Runnable::run);
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void work() {
        while (true) {
            Letter next;
            synchronized (this) {
                while (letters.isEmpty() && !closed) {
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        return;
                    }
                }
                if (closed) {
                    return;
                }
                next = letters.remove();
                now = next.time;
            }
            next.action.run();
        }
    }
}
