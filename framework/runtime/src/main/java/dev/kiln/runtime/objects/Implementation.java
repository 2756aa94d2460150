package dev.kiln.runtime.objects;

import dev.kiln.runtime.codec.NotEncodableException;
import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.runtime.objects.ObjectMessage.Call;
import dev.kiln.runtime.objects.ObjectMessage.Origin;
import dev.kiln.runtime.objects.ObjectMessage.Status;
import dev.kiln.runtime.wire.Thrown;
import dev.kiln.tasks.ActiveObjectException.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A class that implements an object's interface, found in a jar that declares it in {@code META-INF/services}; makes
 * objects of it and calls their methods. Only methods of the interface can be called. Thread-safe.
 */
final class Implementation {

    static final byte[] NOTHING = new byte[0];

    private final Class<?> type;
    private final Class<?> implementation;
    private final String code;
    private final ValueCodec codec;
    private final Map<String, MethodHandle> methods = new ConcurrentHashMap<>();

    private Implementation(Class<?> type, Class<?> implementation, String code) {
        this.type = type;
        this.implementation = implementation;
        this.code = code;
        this.codec = new ValueCodec(implementation.getClassLoader());
    }

    /** The first class of the first jar that will do. */
    static Implementation find(Origin origin, Function<String, ClassLoader> loaders) throws ProblemException {
        List<String> passedOver = new ArrayList<>();
        for (String code : origin.codes()) {
            ClassLoader loader = loaders.apply(code);
            for (String name : declared(origin.type(), loader)) {
                if (origin.implementation().isEmpty() || origin.implementation().equals(name)) {
                    return load(origin, code, loader, name);
                }
                passedOver.add(name);
            }
        }
        if (!passedOver.isEmpty()) {
            throw new ProblemException(
                    Reason.NO_IMPLEMENTATION,
                    "no implementation " + origin.implementation() + " of " + origin.type() + " on any node; there is "
                            + String.join(", ", passedOver));
        }
        throw new ProblemException(
                Reason.NO_IMPLEMENTATION,
                "no implementation of " + origin.type()
                        + " on any node; add the jar that declares it in META-INF/services");
    }

    private static Implementation load(Origin origin, String code, ClassLoader loader, String name)
            throws ProblemException {
        try {
            Class<?> type = Class.forName(origin.type(), false, loader);
            Class<?> found = Class.forName(name, true, loader);
            if (!type.isAssignableFrom(found) || Modifier.isAbstract(found.getModifiers())) {
                throw new ProblemException(
                        Reason.NO_IMPLEMENTATION,
                        name + " is declared in META-INF/services, and does not implement " + origin.type());
            }
            return new Implementation(type, found, code);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new ProblemException(
                    Reason.NO_IMPLEMENTATION, name + " is declared in META-INF/services, and cannot be loaded: " + e);
        }
    }

    /** The classes that a loader's jars declare for an interface. */
    private static List<String> declared(String type, ClassLoader loader) {
        List<String> names = new ArrayList<>();
        try {
            for (URL file : Collections.list(loader.getResources("META-INF/services/" + type))) {
                var connection = file.openConnection();
                connection.setUseCaches(false);
                try (var lines = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
                    lines.lines()
                            .map(line -> line.replaceFirst("#.*", "").strip())
                            .filter(line -> !line.isEmpty())
                            .forEach(names::add);
                }
            }
        } catch (IOException unreadable) {
            // As good as not there.
        }
        return names;
    }

    String name() {
        return implementation.getName();
    }

    String code() {
        return code;
    }

    /** A new object. */
    @SuppressWarnings("CatchingUnchecked") // a user's constructor may throw anything
    Object create(byte[] encodedArgs) throws ProblemException {
        @Nullable Object[] args = args(encodedArgs);
        Constructor<?> constructor = constructor(args);
        try {
            constructor.setAccessible(true);
            useLoader();
            return constructor.newInstance(args);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof OutOfMemoryError) {
                throw new ProblemException(
                        Reason.NODE_FULL, "the node has no memory for a " + implementation.getName() + ": " + cause);
            }
            throw new ProblemException(
                    Reason.NOT_CREATED, "the constructor of " + implementation.getName() + " threw " + oneLine(cause));
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new ProblemException(Reason.NOT_CREATED, implementation.getName() + " cannot be made: " + oneLine(e));
        }
    }

    private Constructor<?> constructor(@Nullable Object[] args) throws ProblemException {
        for (Constructor<?> each : implementation.getDeclaredConstructors()) {
            if (!Modifier.isPrivate(each.getModifiers()) && fits(each.getParameterTypes(), args)) {
                return each;
            }
        }
        List<String> given = new ArrayList<>();
        for (Object arg : args) {
            given.add(arg == null ? "null" : arg.getClass().getSimpleName());
        }
        throw new ProblemException(
                Reason.NOT_CREATED,
                implementation.getName() + " has no constructor that takes (" + String.join(", ", given)
                        + ") and is not private");
    }

    private static boolean fits(Class<?>[] parameters, @Nullable Object[] args) {
        if (parameters.length != args.length) {
            return false;
        }
        for (int i = 0; i < args.length; i++) {
            Class<?> boxed = MethodType.methodType(parameters[i]).wrap().returnType();
            if (args[i] == null ? parameters[i].isPrimitive() : !boxed.isInstance(args[i])) {
                return false;
            }
        }
        return true;
    }

    /** Calls a method; whatever it throws is its answer. */
    @SuppressWarnings("CatchingUnchecked") // user code may throw anything, errors of the machine included
    Seat.Ran call(Object object, Call call) {
        try {
            MethodHandle method = methods.get(call.method() + call.descriptor());
            if (method == null) {
                method = method(call);
            }
            useLoader();
            Object result = method.invokeExact(object, args(call.args()));
            return new Seat.Ran(Status.RETURNED, result == null ? NOTHING : encodeResult(result, call), null, null);
        } catch (Throwable thrown) {
            return threw(thrown);
        }
    }

    private byte[] encodeResult(Object result, Call call) {
        try {
            return codec.encode(result);
        } catch (NotEncodableException e) {
            throw e.in("the result of " + call.method());
        }
    }

    @SuppressWarnings("CatchingUnchecked") // describing a failure must not fail
    private Seat.Ran threw(Throwable thrown) {
        try {
            return new Seat.Ran(Status.THREW, Thrown.encode(thrown, codec), null, null);
        } catch (Throwable cannot) {
            return new Seat.Ran(
                    Status.THREW, Thrown.encode(new IllegalStateException(oneLine(thrown)), codec), null, null);
        }
    }

    private MethodHandle method(Call call) throws ReflectiveOperationException {
        Class<?>[] parameters = MethodType.fromMethodDescriptorString(call.descriptor(), type.getClassLoader())
                .parameterArray();
        Method found;
        try {
            found = type.getMethod(call.method(), parameters);
        } catch (NoSuchMethodException e) {
            throw new NoSuchMethodException(type.getName() + " as the nodes have it has no method " + call.method()
                    + call.descriptor() + ": the program was built with another version of it");
        }
        found.setAccessible(true);
        MethodHandle handle = MethodHandles.lookup()
                .unreflect(found)
                .asSpreader(Object[].class, parameters.length)
                .asType(MethodType.methodType(Object.class, Object.class, Object[].class));
        methods.put(call.method() + call.descriptor(), handle);
        return handle;
    }

    private @Nullable Object[] args(byte[] encoded) {
        if (encoded.length == 0) {
            return new Object[0];
        }
        Object decoded = codec.decode(encoded);
        if (!(decoded instanceof Object[] args)) {
            throw new IllegalArgumentException("expected an array of arguments, found " + decoded);
        }
        return args;
    }

    /**
     * The state of an object.
     *
     * @throws ProblemException when it holds something that cannot travel
     */
    byte[] encode(Object object) throws ProblemException {
        try {
            return codec.encode(object);
        } catch (NotEncodableException e) {
            throw new ProblemException(
                    Reason.NOT_ENCODABLE,
                    "the state of a " + implementation.getSimpleName() + " cannot travel, so it cannot be copied or"
                            + " kept: " + e.getMessage());
        }
    }

    /** An object in a state. */
    Object decode(byte[] state) {
        Object object = codec.decode(state);
        if (object == null || !type.isInstance(object)) {
            throw new IllegalStateException("expected the state of a " + type.getName() + ", found " + object);
        }
        return object;
    }

    @SuppressWarnings("ReferenceEquality") // a loader is what it is
    private void useLoader() {
        Thread current = Thread.currentThread();
        ClassLoader loader = implementation.getClassLoader();
        if (current.getContextClassLoader() != loader) {
            current.setContextClassLoader(loader);
        }
    }

    @SuppressWarnings("CatchingUnchecked") // a user's getMessage may throw
    static String oneLine(Throwable thrown) {
        try {
            String text = String.valueOf(thrown);
            int end = text.indexOf('\n');
            return end < 0 ? text : text.substring(0, end);
        } catch (Throwable again) {
            return thrown.getClass().getName();
        }
    }
}
