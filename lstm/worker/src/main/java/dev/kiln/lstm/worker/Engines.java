package dev.kiln.lstm.worker;

import dev.kiln.lstm.worker.engine.Engine;
import dev.kiln.lstm.worker.engine.JavaEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The engines that there are: the one in Java, and those that the class path declares. */
public final class Engines {

    private Engines() {}

    /** The engine of this name. */
    public static Optional<Engine> named(String name) {
        return all().stream().filter(e -> e.name().equals(name)).findFirst();
    }

    /** Their names, {@code java} first. */
    public static List<String> names() {
        return all().stream().map(Engine::name).toList();
    }

    private static List<Engine> all() {
        List<Engine> engines = new ArrayList<>();
        engines.add(new JavaEngine());
        ServiceLoader.load(Engine.class, Engines.class.getClassLoader()).forEach(engines::add);
        return engines;
    }
}
