package dev.kiln.runtime.node;

import dev.kiln.runtime.wire.ToDriver;
import dev.kiln.runtime.wire.ToNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link NodeWorkflow} is to do when its monitor has been left: mostly one thing or none, so lists are made for more only. */
final class Todo {
    List<NodeTask> ready = List.of();
    List<Fetch> fetches = List.of();
    List<ToDriver> answers = List.of();
    ToNode.@Nullable StoreValue stored;
    ToNode.@Nullable SaveValue saved;

    void run(NodeTask task) {
        ready = with(ready, task);
    }

    void fetch(Fetch fetch) {
        fetches = with(fetches, fetch);
    }

    void answer(ToDriver answer) {
        answers = with(answers, answer);
    }

    private static <E> List<E> with(List<E> list, E added) {
        if (list.isEmpty()) {
            return List.of(added);
        }
        List<E> more = list.size() == 1 ? new ArrayList<>(list) : list;
        more.add(added);
        return more;
    }
}
