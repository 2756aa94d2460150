package dev.kiln.runtime.code;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppJarTest {

    @TempDir
    private Path folder;

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private Path file;

    @BeforeEach
    void program() {
        file = folder.resolve("app.jar");
        entries.put("META-INF/MANIFEST.MF", manifest("Main-Class: app.Main\n"));
        entries.putAll(Jars.compile(Map.of(
                "app.Main", "package app; class Main { static void main(String[] a) {} }",
                "app.Other", "package app; class Other { void work() {} }",
                "app.Heir", "package app; class Heir extends Main { }",
                "app.Plain", "package app; class Plain { void main() {} }")));
    }

    private static byte[] manifest(String lines) {
        return ("Manifest-Version: 1.0\n" + lines).getBytes(StandardCharsets.UTF_8);
    }

    private AppJar open(String main) throws IOException {
        Files.write(file, Jars.jar(entries));
        return AppJar.open(file, main);
    }

    private void isRefused(String main, String message) {
        var refused = assertThrows(IllegalArgumentException.class, () -> open(main));
        assertEquals(message, refused.getMessage().replace(folder + "/", ""));
    }

    @Test
    void a_fit_jar_gives_its_main_class_bytes_and_id() throws IOException {
        AppJar app = open(null);
        assertEquals("app.Main", app.mainClass());
        assertArrayEquals(Files.readAllBytes(file), app.code().jar());
        assertEquals(64, app.code().id().length());
        assertEquals("app.Heir", open("app.Heir").mainClass());
        assertEquals("app.Plain", open("app.Plain").mainClass());
    }

    @Test
    void a_jar_without_a_main_class_is_refused() {
        entries.put("META-INF/MANIFEST.MF", manifest(""));
        isRefused(null, "app.jar names no main class: add Main-Class to its manifest, or give the class after the jar");
        entries.remove("META-INF/MANIFEST.MF");
        isRefused(null, "app.jar names no main class: add Main-Class to its manifest, or give the class after the jar");
    }

    @Test
    void a_main_class_that_is_missing_or_has_no_main_method_is_refused() {
        isRefused("app.Wrong", "app.jar holds no class app.Wrong; give the full name of a class in it");
        entries.put("META-INF/MANIFEST.MF", manifest("Main-Class: app.Gone\n"));
        isRefused(
                null,
                "app.jar holds no class app.Gone, which its manifest names as Main-Class; give the full name of a class"
                        + " in it");
        isRefused(
                "app.Other",
                "app.jar: its class app.Other has no main method; add static void main(String[] args), or give another"
                        + " class");
    }

    @Test
    void a_jar_built_for_a_newer_java_is_refused() throws IOException {
        int java = Runtime.version().feature();
        byte[] other = entries.get("app/Other.class");
        other[7] = (byte) (44 + java + 2);
        isRefused(
                null,
                "app.jar needs Java " + (java + 2) + ": its class app.Other was built for that, and this is Java "
                        + java + "; build it with --release " + java + ", or run Kiln on Java " + (java + 2));
        entries.remove("app/Other.class");
        entries.put("META-INF/versions/" + (java + 2) + "/app/Other.class", other);
        assertEquals("app.Main", open(null).mainClass());
    }

    @Test
    void what_is_no_jar_is_refused() throws IOException {
        var missing = assertThrows(IllegalArgumentException.class, () -> AppJar.open(folder.resolve("no.jar"), null));
        assertTrue(missing.getMessage().endsWith("no.jar does not exist; give a program's jar"));
        assertThrows(IllegalArgumentException.class, () -> AppJar.open(folder, null));
        Files.writeString(file, "text");
        var text = assertThrows(IllegalArgumentException.class, () -> AppJar.open(file, null));
        assertTrue(text.getMessage().contains("app.jar is not a jar file"), text.getMessage());
        entries.put("app/Main.class", new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        isRefused(null, "app.jar is damaged: app/Main.class is not a class file");
        entries.put("app/Main.class", new byte[] {1, 2});
        isRefused(null, "app.jar is damaged: app/Main.class is cut short");
    }
}
