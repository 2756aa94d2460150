package dev.kiln.runtime.node;

import dev.kiln.runtime.wire.ToDriver;
import dev.kiln.runtime.wire.ToNode;
import java.util.ArrayList;
import java.util.List;

/** What a {@link NodeWorkflow} is to do when its monitor has been left. Lists are made when there is something for them. */
final class Todo {
    List<NodeTask> ready = List.of();
    List<Fetch> fetches = List.of();
    List<ToDriver> answers = List.of();
    List<ToNode.StoreValue> stores = List.of();
    List<ToNode.SaveValue> saves = List.of();

    void run(NodeTask task) {
        ready = with(ready, task);
    }

    void fetch(Fetch fetch) {
        fetches = with(fetches, fetch);
    }

    void answer(ToDriver answer) {
        answers = with(answers, answer);
    }

    void store(ToNode.StoreValue order) {
        stores = with(stores, order);
    }

    void save(ToNode.SaveValue order) {
        saves = with(saves, order);
    }

    /** Whether there is more than tasks to run. */
    boolean isMore() {
        return !(fetches.isEmpty() && answers.isEmpty() && stores.isEmpty() && saves.isEmpty());
    }

    private static <E> List<E> with(List<E> list, E added) {
        List<E> more = list.isEmpty() ? new ArrayList<>() : list;
        more.add(added);
        return more;
    }
}
