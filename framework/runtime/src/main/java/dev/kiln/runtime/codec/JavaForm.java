package dev.kiln.runtime.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Objects of any other Serializable class, written by Java serialisation and read through the workflow's class loader.
 * Within such an object all shared references and cycles are kept. What it holds that is not Serializable but that the
 * codec can write, such as most records, is written by the codec and put inside.
 */
final class JavaForm {

    private final ValueCodec codec;
    private final Shapes shapes;

    JavaForm(ValueCodec codec, Shapes shapes) {
        this.codec = codec;
        this.shapes = shapes;
    }

    byte[] write(Object value) {
        var bytes = new ByteArrayOutputStream(512);
        try (var out = new Out(bytes)) {
            out.writeObject(value);
        } catch (InnerRefusal e) {
            String path = FieldWalk.pathTo(e.inner, value);
            throw new NotEncodableException("is a " + value.getClass().getName() + " whose field "
                    + (path == null ? "" : path.substring(1) + " ") + "cannot travel: " + e.getMessage());
        } catch (NotSerializableException e) {
            throw new NotEncodableException(FieldWalk.pathTo(String.valueOf(e.getMessage()), value, shapes));
        } catch (IOException e) {
            throw new NotEncodableException(
                    "is a " + value.getClass().getName() + ", which failed to write itself: " + e);
        }
        return bytes.toByteArray();
    }

    Object read(byte[] data) {
        try (var in = new In(new ByteArrayInputStream(data), data.length)) {
            Object value = in.readObject();
            if (value == null) {
                throw new CorruptDataException("the encoded value is damaged: found null in Java's serial form");
            }
            return value;
        } catch (ClassNotFoundException e) {
            throw new CorruptDataException(
                    "the class " + e.getMessage() + " is not in the workflow's code here; add it to the workflow's jar",
                    e);
        } catch (IOException e) {
            throw new CorruptDataException("the encoded value is damaged: Java's serial form: " + e, e);
        }
    }

    /** Stands in the stream for what is not Serializable. */
    private record Inner(byte[] encoded) implements Serializable {}

    /** What the codec refused inside the object that Java serialisation is writing. */
    private static final class InnerRefusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Object inner;

        InnerRefusal(Object inner, NotEncodableException cause) {
            super(cause.getMessage(), cause);
            this.inner = inner;
        }
    }

    private final class Out extends ObjectOutputStream {

        Out(OutputStream to) throws IOException {
            super(to);
            enableReplaceObject(true);
        }

        /** Called for each class that is written: none may be of another version of the program. */
        @Override
        protected void annotateClass(Class<?> type) {
            shapes.reachable(type);
        }

        @Override
        protected @Nullable Object replaceObject(@Nullable Object object) {
            if (object == null || object instanceof Serializable) {
                return object;
            }
            try {
                shapes.of(object.getClass());
            } catch (NotEncodableException e) {
                return object; // The stream refuses it next, and the field is looked for.
            }
            try {
                return new Inner(codec.encode(object));
            } catch (NotEncodableException e) {
                throw new InnerRefusal(object, e);
            }
        }
    }

    private final class In extends ObjectInputStream {

        In(InputStream from, int length) throws IOException {
            super(from);
            enableResolveObject(true);
            // Every element of an array takes at least a byte, so a longer array is damage, not data.
            setObjectInputFilter(info -> info.arrayLength() > 16L + 2L * length || info.depth() > Path.MOST_LEVELS
                    ? ObjectInputFilter.Status.REJECTED
                    : ObjectInputFilter.Status.UNDECIDED);
        }

        @Override
        protected @Nullable Object resolveObject(@Nullable Object object) {
            return object instanceof Inner inner ? codec.decode(inner.encoded()) : object;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
            return shapes.named(description.getName());
        }

        @Override
        protected Class<?> resolveProxyClass(String[] interfaces) throws ClassNotFoundException {
            Class<?>[] types = new Class<?>[interfaces.length];
            for (int i = 0; i < types.length; i++) {
                types[i] = shapes.named(interfaces[i]);
            }
            return Proxy.newProxyInstance(shapes.loader(), types, (proxy, method, args) -> null)
                    .getClass();
        }
    }
}
