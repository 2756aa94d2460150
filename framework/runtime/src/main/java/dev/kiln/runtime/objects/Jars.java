package dev.kiln.runtime.objects;

import dev.kiln.runtime.code.UserCode;
import dev.kiln.runtime.objects.ObjectService.Publisher;
import dev.kiln.tasks.ActiveObjectException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The jars with implementations that were deployed, each version beside the others. Thread-safe. */
final class Jars {

    private static final String SERVICES = "META-INF/services/";

    private final Publisher publisher;
    private final StateStore states;
    private final List<Deployed> deployed = new CopyOnWriteArrayList<>();

    /** A jar, and the interfaces that it declares implementations of. */
    private record Deployed(String name, String code, Set<String> types) {}

    Jars(Publisher publisher, StateStore states) {
        this.publisher = publisher;
        this.states = states;
    }

    /** Makes a jar known to all nodes; returns what it implements, for people. */
    String deploy(String name, byte[] jar) throws IOException, ProblemException {
        Deployed made = publish(name, jar);
        if (made.types.isEmpty()) {
            throw new ProblemException(
                    Reason.NO_IMPLEMENTATION,
                    name + " declares no implementation; add a file META-INF/services/INTERFACE with the name of the"
                            + " class that implements it");
        }
        states.jar(name, jar);
        deployed.removeIf(other -> other.code.equals(made.code) || other.name.equals(name));
        deployed.add(made);
        return name + " " + made.code.substring(0, 12) + " implements " + String.join(", ", made.types);
    }

    /** Makes the jars known that were deployed on the cluster before. */
    void resume() throws IOException {
        for (StateStore.Jar kept : states.jars()) {
            deployed.add(publish(kept.name(), kept.jar()));
        }
    }

    private Deployed publish(String name, byte[] jar) throws IOException {
        Set<String> types = types(jar);
        if (!types.isEmpty()) {
            var _ = publisher.publish(jar);
        }
        return new Deployed(name, UserCode.of(jar).id(), types);
    }

    private static Set<String> types(byte[] jar) throws IOException {
        Set<String> types = new TreeSet<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                if (name.startsWith(SERVICES) && name.length() > SERVICES.length() && !entry.isDirectory()) {
                    types.add(name.substring(SERVICES.length()));
                }
            }
        }
        return types;
    }

    /** Where to look for an implementation, first come first: jars deployed last, the program's, the nodes' own. */
    List<String> codes(String type, String implementation, String program) throws ProblemException {
        List<String> codes = new ArrayList<>();
        boolean jarWanted = implementation.endsWith(".jar");
        for (Deployed each : deployed.reversed()) {
            if (each.types.contains(type) && (!jarWanted || each.name.equals(implementation))) {
                codes.add(each.code);
            }
        }
        if (jarWanted) {
            if (codes.isEmpty()) {
                throw new ProblemException(
                        Reason.NO_IMPLEMENTATION,
                        "no jar " + implementation + " with an implementation of " + type
                                + " was deployed; deployed are " + names());
            }
            return codes;
        }
        if (!program.equals(UserCode.OWN_CLASS_PATH)) {
            codes.add(program);
        }
        codes.add(UserCode.OWN_CLASS_PATH);
        return codes;
    }

    List<String> names() {
        return deployed.stream().map(Deployed::name).toList();
    }
}
