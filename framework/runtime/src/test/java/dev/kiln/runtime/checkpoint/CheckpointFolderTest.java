package dev.kiln.runtime.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.runtime.codec.ByteSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {

    private static final CodeVersion CODE = new CodeVersion("aa", "bb");

    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();

    private CheckpointFolder open(CodeVersion code) {
        return CheckpointFolder.open(folder, code, notes::add);
    }

    private static Identity identity(int number) {
        return new IdentityBuilder("test").number(number).build();
    }

    private static Key key(int number) {
        return Key.of(identity(number));
    }

    private static final Kept IN_A_FILE = new Kept(3, null, false);

    private void writeTwo() throws IOException {
        try (CheckpointFolder kept = open(CODE)) {
            ValueFile.write(kept.file(key(1)), new byte[] {1, 2, 3});
            kept.commit(List.of(identity(1)), Map.of(key(1), IN_A_FILE));
            kept.commit(
                    List.of(identity(2)),
                    Map.of(key(1), IN_A_FILE, new Key(identity(2), 4), new Kept(1, new byte[] {9}, true)));
        }
    }

    @Test
    void what_was_kept_is_found() throws IOException {
        writeTwo();
        try (CheckpointFolder kept = open(CODE)) {
            assertEquals(Set.of(identity(1), identity(2)), kept.found().done());
            assertEquals(
                    Set.of(key(1), new Key(identity(2), 4)),
                    kept.found().values().keySet());
            assertArrayEquals(new byte[] {1, 2, 3}, ValueFile.read(kept.file(key(1))));
            Kept small = kept.found().values().get(new Key(identity(2), 4));
            assertArrayEquals(new byte[] {9}, small.small());
            assertTrue(small.answered());
        }
        assertEquals(List.of(), notes);
    }

    @Test
    void what_was_about_to_be_written_when_it_ended_is_removed() throws IOException {
        writeTwo();
        Path torn;
        Path orphan;
        try (CheckpointFolder kept = open(CODE)) {
            orphan = kept.file(key(7));
            torn = orphan.resolveSibling(orphan.getFileName() + ".123.new");
        }
        ValueFile.write(orphan, new byte[] {1});
        Files.write(torn, new byte[] {1});
        open(CODE).close();
        assertFalse(Files.exists(torn));
        assertFalse(Files.exists(orphan));
    }

    @Test
    void what_others_have_put_there_stays() throws IOException {
        writeTwo();
        Path text = Files.writeString(folder.resolve("notes.txt"), "mine");
        Path data = Files.writeString(folder.resolve("values").resolve("data.csv"), "mine");
        Path second = Files.createDirectory(folder.resolve("workflow-2"));
        try (CheckpointFolder other = CheckpointFolder.open(second, CODE, notes::add)) {
            ValueFile.write(other.file(key(3)), new byte[] {1, 2, 3});
            other.commit(List.of(identity(3)), Map.of(key(3), IN_A_FILE));
        }
        open(CODE).close();
        try (CheckpointFolder kept = open(new CodeVersion("cc", "bb"))) {
            kept.commit(List.of(), Map.of());
        }
        assertTrue(Files.exists(text));
        assertTrue(Files.exists(data));
        try (CheckpointFolder other = CheckpointFolder.open(second, CODE, notes::add)) {
            assertEquals(Set.of(identity(3)), other.found().done());
            assertArrayEquals(new byte[] {1, 2, 3}, ValueFile.read(other.file(key(3))));
        }
    }

    @Test
    void a_folder_with_the_files_of_others_and_no_checkpoint_is_refused_and_left_as_it_is() throws IOException {
        Set<Path> own = Set.of(
                Files.writeString(folder.resolve("data.csv"), "mine"),
                Files.writeString(folder.resolve("index"), "of a book"));
        var refused = assertThrows(FolderInUseException.class, () -> open(CODE));
        assertEquals(
                "the checkpoint folder " + folder.toAbsolutePath().normalize()
                        + " has no checkpoint and other files, such as data.csv: give an empty or a new one",
                refused.getMessage());
        try (var files = Files.list(folder)) {
            assertEquals(own, files.collect(Collectors.toSet()));
        }
    }

    @Test
    void what_is_no_folder_is_told_as_such() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        var refused = assertThrows(FolderInUseException.class, () -> CheckpointFolder.open(file, CODE, notes::add));
        assertTrue(refused.getMessage().endsWith(" cannot be used: " + file + " is a file"), refused.getMessage());
    }

    @Test
    void what_other_code_did_is_of_no_use_and_goes_with_the_next_checkpoint() throws IOException {
        writeTwo();
        try (CheckpointFolder kept = open(new CodeVersion("cc", "bb"))) {
            assertEquals(Set.of(), kept.found().done());
            assertTrue(notes.getFirst().startsWith("the program has changed"), notes.getFirst());
            assertTrue(Files.exists(kept.file(key(1))));
            kept.commit(List.of(), Map.of());
            assertFalse(Files.exists(kept.file(key(1))));
        }
        notes.clear();
        try (CheckpointFolder kept = open(new CodeVersion("cc", "dd"))) {
            assertEquals(Set.of(), kept.found().done());
        }
        assertTrue(notes.getFirst().startsWith("Kiln, or what else"), notes.getFirst());
    }

    @Test
    void a_checkpoint_that_was_never_completed_by_other_code_leaves_the_one_before() throws IOException {
        writeTwo();
        open(new CodeVersion("cc", "bb")).close();
        try (CheckpointFolder kept = open(CODE)) {
            assertEquals(2, kept.found().done().size());
        }
    }

    @Test
    void what_another_version_of_the_format_wrote_is_not_read() throws IOException {
        writeTwo();
        var other = new ByteSink();
        other.varint(1);
        other.varint(99);
        ValueFile.write(folder.resolve("index"), other.toBytes());
        try (CheckpointFolder kept = open(CODE)) {
            assertEquals(Set.of(), kept.found().done());
        }
        assertTrue(notes.getFirst().contains("another version of Kiln (form 1.99, expected 1.1)"), notes.getFirst());
    }

    @Test
    void a_batch_that_was_written_and_not_indexed_does_not_count() throws IOException {
        writeTwo();
        Path log = folder.resolve("done-1");
        byte[] good = Files.readAllBytes(log);
        DoneLog.append(log, good.length, List.of(identity(3)));
        try (CheckpointFolder kept = open(CODE)) {
            assertEquals(Set.of(identity(1), identity(2)), kept.found().done());
            kept.commit(List.of(identity(4)), Map.of());
        }
        try (CheckpointFolder kept = open(CODE)) {
            assertEquals(
                    Set.of(identity(1), identity(2), identity(4)), kept.found().done());
        }
    }

    @Test
    void every_damage_to_a_file_is_found() throws IOException {
        Path file = folder.resolve("file");
        ValueFile.write(file, new byte[] {1, 2, 3, 4, 5});
        byte[] good = Files.readAllBytes(file);
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 0x10;
            Files.write(file, bad);
            assertThrows(IOException.class, () -> ValueFile.read(file), "byte " + at);
            Files.write(file, java.util.Arrays.copyOf(good, at));
            assertThrows(IOException.class, () -> ValueFile.read(file), "length " + at);
        }
    }

    @Test
    void the_same_classes_packed_again_are_the_same_code() throws IOException {
        Path one = jar("one.jar", 1_000_000_000_000L, "class", "manifest of one");
        Path same = jar("same.jar", 1_500_000_000_000L, "class", "manifest of another");
        Path other = jar("other.jar", 1_000_000_000_000L, "klass", "manifest of one");
        assertEquals(CodeVersion.hash(List.of(one)), CodeVersion.hash(List.of(same)));
        assertNotEquals(CodeVersion.hash(List.of(one)), CodeVersion.hash(List.of(other)));
        assertNotEquals(CodeVersion.hash(List.of(one)), CodeVersion.hash(List.of(one, other)));
        assertEquals(CodeVersion.hash(List.of(other, one)), CodeVersion.hash(List.of(one, other)));
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Files.writeString(classes.resolve("A.class"), "a");
        String before = CodeVersion.hash(List.of(classes));
        Files.writeString(classes.resolve("A.class"), "b");
        assertNotEquals(before, CodeVersion.hash(List.of(classes)));
    }

    private Path jar(String name, long time, String content, String manifest) throws IOException {
        Path jar = folder.resolve(name);
        try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, String> each :
                    Map.of("META-INF/MANIFEST.MF", manifest, "A.class", content).entrySet()) {
                var entry = new ZipEntry(each.getKey());
                entry.setTime(time);
                out.putNextEntry(entry);
                out.write(each.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return jar;
    }
}
