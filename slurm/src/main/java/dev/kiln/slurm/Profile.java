package dev.kiln.slurm;

import dev.kiln.command.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What holds for all jobs of a site: a file in YAML, whose keys are those of {@link Setting} and those below. What is given
 * on the command line goes before it.
 *
 * @param settings what is asked of Slurm unless the command line says otherwise
 * @param modules environment modules to load
 * @param prologue commands to run before, in the job's shell
 * @param environment variables to set
 * @param sbatchArguments further arguments of sbatch
 * @param shared folders that all nodes see; empty when the site does not say
 * @param network interface or range of addresses to use, or null
 */
public record Profile(
        Map<Setting, String> settings,
        List<String> modules,
        List<String> prologue,
        Map<String, String> environment,
        List<String> sbatchArguments,
        List<Path> shared,
        @Nullable String network) {

    /** That of a site of which nothing is known. */
    public static final Profile NONE =
            new Profile(Map.of(), List.of(), List.of(), Map.of(), List.of(), List.of(), null);

    private static final String MODULES = "modules";
    private static final String PROLOGUE = "prologue";
    private static final String ENVIRONMENT = "environment";
    private static final String SBATCH_ARGUMENTS = "sbatch-args";
    private static final String SHARED = "shared";
    private static final String INTERFACE = "interface";

    /**
     * Reads a profile.
     *
     * @throws UsageException when there is none, or it holds what no profile may
     */
    public static Profile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UsageException("--profile " + file + ": no such file");
        }
        Map<?, ?> found;
        try {
            Object tree = new YAMLMapper().readValue(file.toFile(), Object.class);
            if (tree == null) {
                return NONE;
            }
            if (!(tree instanceof Map<?, ?> map)) {
                throw new UsageException(file + ": expected lines of key: value");
            }
            found = map;
        } catch (JacksonException e) {
            throw new UsageException(file + ": no YAML: "
                    + String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse(""));
        }
        return new Reader(file).profile(found);
    }

    private record Reader(Path file) {

        Profile profile(Map<?, ?> found) {
            Map<Setting, String> settings = new EnumMap<>(Setting.class);
            for (Map.Entry<?, ?> entry : found.entrySet()) {
                String key = String.valueOf(entry.getKey());
                Setting.ofKey(key)
                        .ifPresentOrElse(setting -> settings.put(setting, value(setting, entry.getValue())), () -> {
                            if (!Stream.of(MODULES, PROLOGUE, ENVIRONMENT, SBATCH_ARGUMENTS, SHARED, INTERFACE)
                                    .toList()
                                    .contains(key)) {
                                throw new UsageException(file + ": unknown key " + key + ": expected one of " + keys());
                            }
                        });
            }
            return new Profile(
                    settings,
                    list(found, MODULES),
                    list(found, PROLOGUE),
                    map(found.get(ENVIRONMENT)),
                    list(found, SBATCH_ARGUMENTS),
                    list(found, SHARED).stream().map(Path::of).toList(),
                    found.get(INTERFACE) == null ? null : String.valueOf(found.get(INTERFACE)));
        }

        private String value(Setting setting, @Nullable Object value) {
            try {
                if (value == null || value instanceof Map || value instanceof List) {
                    throw new UsageException(setting.key() + ": expected one value");
                }
                return setting.checked(value.toString());
            } catch (UsageException e) {
                throw new UsageException(file + ": " + e.getMessage());
            }
        }

        private static String keys() {
            return Stream.concat(
                            Arrays.stream(Setting.values()).map(Setting::key),
                            Stream.of(MODULES, PROLOGUE, ENVIRONMENT, SBATCH_ARGUMENTS, SHARED, INTERFACE))
                    .sorted()
                    .collect(Collectors.joining(", "));
        }

        private List<String> list(Map<?, ?> found, String key) {
            Object value = found.get(key);
            if (value == null) {
                return List.of();
            }
            if (!(value instanceof List<?> items)) {
                throw new UsageException(file + ": " + key + ": expected a list");
            }
            var texts = new ArrayList<String>();
            items.forEach(item -> texts.add(String.valueOf(item)));
            return List.copyOf(texts);
        }

        private Map<String, String> map(@Nullable Object value) {
            if (value == null) {
                return Map.of();
            }
            if (!(value instanceof Map<?, ?> found)) {
                throw new UsageException(file + ": " + ENVIRONMENT + ": expected NAME: value");
            }
            var variables = new LinkedHashMap<String, String>();
            found.forEach((name, text) -> {
                if (!String.valueOf(name).matches("[A-Za-z_][A-Za-z0-9_]*")) {
                    throw new UsageException(file + ": " + ENVIRONMENT + ": " + name + " is no name of a variable");
                }
                variables.put(String.valueOf(name), text == null ? "" : String.valueOf(text));
            });
            return variables;
        }
    }
}
