package dev.kiln.runtime.checkpoint;

import dev.kiln.runtime.code.WorkflowLoader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What code a workflow runs: a hash of the program's jar and one of the class path, on which Kiln and its libraries are, or
 * all of it where there is no jar. Times of files, and the manifest, do not count: the same sources built again are the
 * same code.
 *
 * @param program of the jar; empty where there is none
 * @param library of the class path
 */
public record CodeVersion(String program, String library) {

    /** Of what this class loader loads. */
    public static CodeVersion of(ClassLoader loader) {
        String classPath = System.getProperty("java.class.path", "");
        List<Path> entries = Stream.of(classPath.split(File.pathSeparator))
                .filter(text -> !text.isEmpty())
                .map(Path::of)
                .toList();
        return new CodeVersion(loader instanceof WorkflowLoader own ? hash(jars(own)) : "", hash(entries));
    }

    private static List<Path> jars(WorkflowLoader loader) {
        List<Path> jars = new ArrayList<>();
        for (URL url : loader.getURLs()) {
            try {
                jars.add(Path.of(url.toURI()));
            } catch (URISyntaxException e) {
                throw new IllegalStateException("the jar of a workflow is a file", e);
            }
        }
        return jars;
    }

    /** Of jars and folders; in whatever order, as that of {@code lib/*} differs from one copy of a folder to the next. */
    static String hash(List<Path> entries) {
        var all = new IdentityBuilder("class path");
        entries.stream().map(CodeVersion::hash).sorted().forEach(all::text);
        return all.build().hex();
    }

    private static String hash(Path entry) {
        var all = new IdentityBuilder("entry");
        try {
            if (Files.isDirectory(entry)) {
                folder(entry, all);
            } else if (Files.isRegularFile(entry)) {
                jar(entry, all);
            }
        } catch (IOException e) {
            // As good as not there; if classes are missing the program will say so.
            all.text("unreadable");
        }
        return all.build().hex();
    }

    private static void folder(Path folder, IdentityBuilder all) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                all.text(folder.relativize(file).toString()).bytes(Files.readAllBytes(file));
            }
        }
    }

    /** Sizes and checksums stand in the jar's own directory, so that nothing is unpacked. */
    private static void jar(Path file, IdentityBuilder all) throws IOException {
        try (var jar = new ZipFile(file.toFile())) {
            List<? extends ZipEntry> entries = jar.stream()
                    .filter(entry -> !entry.isDirectory() && counts(entry.getName()))
                    .sorted(java.util.Comparator.comparing(ZipEntry::getName))
                    .toList();
            for (ZipEntry entry : entries) {
                all.text(entry.getName()).number(entry.getSize()).number(entry.getCrc());
            }
        }
    }

    /** Builders note the time and themselves there. */
    private static boolean counts(String name) {
        return !name.equals("META-INF/MANIFEST.MF") && !name.startsWith("META-INF/maven/");
    }
}
