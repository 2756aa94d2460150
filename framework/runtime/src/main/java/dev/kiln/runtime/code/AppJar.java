package dev.kiln.runtime.code;

import java.io.DataInputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A program's jar that was found fit to run on this Java.
 *
 * @param mainClass the name of the class to start, which is in the jar and has a main method
 */
public record AppJar(Path file, String mainClass, UserCode code) {

    /** Class files of Java n have the major version n + 44. */
    private static final int MAJOR_OF_JAVA_0 = 44;

    private static final int CLASS_MAGIC = 0xCAFEBABE;

    /**
     * Opens and checks a jar.
     *
     * @param main the class to start; null for the one that the jar's manifest names
     * @throws IllegalArgumentException when it is no such jar; one line that says what to do
     */
    public static AppJar open(Path file, @Nullable String main) {
        return open(file, main, Runtime.version().feature());
    }

    static AppJar open(Path file, @Nullable String main, int java) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    file + (Files.exists(file) ? " is not a file" : " does not exist") + "; give a program's jar");
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            try (var jar = new JarFile(file.toFile(), false)) {
                String mainClass = main == null ? mainOf(jar, file) : main;
                JarEntry start = jar.getJarEntry(mainClass.replace('.', '/') + ".class");
                if (start == null) {
                    throw new IllegalArgumentException(file + " holds no class " + mainClass
                            + (main == null ? ", which its manifest names as Main-Class" : "")
                            + "; give the full name of a class in it");
                }
                checkVersion(jar, start, file, java);
                for (JarEntry entry : jar.stream().toList()) {
                    checkVersion(jar, entry, file, java);
                }
                checkMain(jar, start, mainClass, file);
                return new AppJar(file, mainClass, UserCode.of(bytes));
            }
        } catch (ZipException e) {
            throw new IllegalArgumentException(file + " is not a jar file (" + e.getMessage() + ")", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String mainOf(JarFile jar, Path file) throws IOException {
        return Optional.ofNullable(jar.getManifest())
                .map(Manifest::getMainAttributes)
                .map(all -> all.getValue(Attributes.Name.MAIN_CLASS))
                .map(String::strip)
                .orElseThrow(() -> new IllegalArgumentException(file + " names no main class: add Main-Class to its"
                        + " manifest, or give the class after the jar"));
    }

    private static void checkVersion(JarFile jar, JarEntry entry, Path file, int java) throws IOException {
        String name = entry.getName();
        // What stands under META-INF/versions is read only by a Java that is new enough.
        if (!name.endsWith(".class") || name.startsWith("META-INF/") || name.endsWith("module-info.class")) {
            return;
        }
        String className = name.substring(0, name.length() - ".class".length()).replace('/', '.');
        try (var in = new DataInputStream(jar.getInputStream(entry))) {
            if (in.readInt() != CLASS_MAGIC) {
                throw new IllegalArgumentException(file + " is damaged: " + name + " is not a class file");
            }
            in.readUnsignedShort();
            int needed = in.readUnsignedShort() - MAJOR_OF_JAVA_0;
            if (needed > java) {
                throw new IllegalArgumentException(file + " needs Java " + needed + ": its class " + className
                        + " was built for that, and this is Java " + java + "; build it with --release " + java
                        + ", or run Kiln on Java " + needed);
            }
        } catch (java.io.EOFException e) {
            throw new IllegalArgumentException(file + " is damaged: " + name + " is cut short", e);
        }
    }

    private static void checkMain(JarFile jar, JarEntry start, String mainClass, Path file) throws IOException {
        byte[] bytes;
        try (var in = jar.getInputStream(start)) {
            bytes = in.readAllBytes();
        }
        ClassModel model;
        try {
            model = ClassFile.of().parse(bytes);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " is damaged: " + start.getName() + " cannot be read", e);
        }
        boolean has =
                model.methods().stream().anyMatch(method -> method.methodName().equalsString("main"));
        boolean inherits = model.superclass()
                .filter(parent -> !parent.asInternalName().equals("java/lang/Object"))
                .isPresent();
        if (!has && !inherits) {
            throw new IllegalArgumentException(file + ": its class " + mainClass
                    + " has no main method; add static void main(String[] args), or give another class");
        }
    }
}
