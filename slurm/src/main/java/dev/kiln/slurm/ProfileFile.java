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
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the file of a profile. Apart from it, so that YAML is loaded only where there is a file to read. */
record ProfileFile(Path file) {

    private static final String MODULES = "modules";
    private static final String PROLOGUE = "prologue";
    private static final String ENVIRONMENT = "environment";
    private static final String SBATCH_ARGUMENTS = "sbatch-args";
    private static final String SHARED = "shared";
    private static final String INTERFACE = "interface";

    static Profile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UsageException("--profile " + file + ": no such file");
        }
        Map<?, ?> found;
        try {
            JsonNode read = new YAMLMapper().readTree(file.toFile());
            if (read.isMissingNode() || read.isNull()) {
                return Profile.NONE;
            }
            Object tree = new YAMLMapper().treeToValue(read, Object.class);
            if (!(tree instanceof Map<?, ?> map)) {
                throw new UsageException(file + ": expected lines of key: value");
            }
            found = map;
        } catch (JacksonException e) {
            throw new UsageException(file + ": no YAML: "
                    + String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse(""));
        }
        return new ProfileFile(file).profile(found);
    }

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
                found.get(INTERFACE) == null ? null : network(String.valueOf(found.get(INTERFACE))));
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

    private String network(String text) {
        try {
            return Requests.network(text);
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
