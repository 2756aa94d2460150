package dev.kiln.slurm;

import dev.kiln.command.Times;
import dev.kiln.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Checks the parts of a request, and brings them into the form that a script has them in. */
public final class Requests {

    private static final Pattern ARRAY =
            Pattern.compile("PART(,PART)*(%[1-9]\\d{0,8})?".replace("PART", "\\d{1,9}(-\\d{1,9}(:[1-9]\\d{0,8})?)?"));
    private static final Pattern RANGE =
            Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");
    private static final Pattern INTERFACE = Pattern.compile("[A-Za-z0-9_.:@-]{1,15}");
    private static final Pattern AFTER = Pattern.compile("(.+?)(?::(ok|any|notok))?");

    /** Slurm takes no more. */
    private static final int MOST_SECONDS_BEFORE = 65_535;

    private Requests() {}

    /**
     * The words of the command that node 0 runs.
     *
     * @param directory that paths start from
     * @param program a jar and perhaps its main class; or nothing
     * @param rest what is given to the program; or, without one, a command of kiln
     * @param commands those of kiln that run tasks
     */
    public static List<String> words(Path directory, List<String> program, List<String> rest, Set<String> commands) {
        if (program.isEmpty()) {
            boolean isCluster = rest.size() >= 2 && rest.subList(0, 2).equals(List.of("cluster", "serve"));
            if (!isCluster && (rest.isEmpty() || !commands.contains(rest.getFirst()))) {
                throw new UsageException("kiln submit: expected APP.jar, or behind -- one of "
                        + String.join(", ", new TreeSet<>(commands)) + ", cluster serve"
                        + (rest.isEmpty() ? "" : ", found " + rest.getFirst()));
            }
            return List.copyOf(rest);
        }
        if (program.size() > 2) {
            throw new UsageException(
                    "kiln submit: unexpected " + program.get(2) + "; arguments of the program go after --");
        }
        Path jar = directory.resolve(program.getFirst()).normalize();
        if (!Files.isRegularFile(jar)) {
            throw new UsageException(jar + ": no such jar");
        }
        try (var zip = new ZipFile(jar.toFile())) {
            if (zip.size() == 0) {
                throw new UsageException(jar + ": this jar is empty");
            }
        } catch (IOException e) {
            throw new UsageException(jar + ": this is no jar: " + e.getMessage());
        }
        var words = new ArrayList<>(List.of("run", jar.toString()));
        words.addAll(program.subList(1, program.size()));
        words.add("--");
        words.addAll(rest);
        return words;
    }

    /** The name of a job: as it was given, or after what it runs. */
    public static String name(@Nullable String given, List<String> program, List<String> rest) {
        if (given != null) {
            if (!given.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
                throw new UsageException("--job-name " + given
                        + ": expected letters, digits, dots, underscores and hyphens, 64 at most");
            }
            return given;
        }
        String from = program.isEmpty()
                ? rest.getFirst()
                : Objects.requireNonNull(Path.of(program.getFirst()).getFileName())
                        .toString()
                        .replaceFirst("\\.jar$", "");
        String plain = from.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        return plain.isEmpty() ? "kiln" : plain.substring(0, Math.min(64, plain.length()));
    }

    /** What is asked of Slurm: what was given, and else what the site has. */
    public static Map<Setting, String> settings(Profile site, Map<Setting, String> given) {
        var all = new EnumMap<Setting, String>(Setting.class);
        all.putAll(site.settings());
        given.forEach((setting, value) -> all.put(setting, setting.checked(value)));
        return all;
    }

    /**
     * Nodes that are not like the others: {@code nodes=2,mem-per-node=64g,constraint=fat}. What is not said is as for the
     * others.
     */
    public static JobRequest.Group group(String text, Map<Setting, String> like) {
        var settings = new EnumMap<Setting, String>(Setting.class);
        settings.putAll(like);
        settings.remove(Setting.NODELIST);
        int nodes = 1;
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? part : part.substring(0, equals);
            String value = equals < 0 ? "" : part.substring(equals + 1);
            Setting setting = Setting.ofKey(key).orElse(null);
            if (key.equals("nodes") && value.matches("[1-9]\\d{0,4}")) {
                nodes = Integer.parseInt(value);
            } else if (setting != null && equals >= 0) {
                settings.put(setting, setting.checked(value));
            } else {
                throw new UsageException("--het " + text + ": expected nodes=N and settings such as mem-per-node=64g,"
                        + " found " + part);
            }
        }
        return new JobRequest.Group(nodes, settings);
    }

    /** The numbers of an array. */
    public static String array(String text) {
        if (!ARRAY.matcher(text).matches()) {
            throw new UsageException("--array " + text + ": expected numbers such as 0-9, 1,3,5 or 0-9%3");
        }
        for (long[] range : ranges(text)) {
            if (range[1] < range[0]) {
                throw new UsageException(
                        "--array " + text + ": expected the smaller number first, found " + range[0] + "-" + range[1]);
            }
        }
        return text;
    }

    /** Whether an array, as {@link #array} takes it, has a task of that number. */
    static boolean arrayHas(String text, int number) {
        return ranges(text).stream()
                .anyMatch(range -> number >= range[0] && number <= range[1] && (number - range[0]) % range[2] == 0);
    }

    /** The first number, the last, and the step, of each part. */
    private static List<long[]> ranges(String array) {
        var ranges = new ArrayList<long[]>();
        for (String part : array.replaceFirst("%.*", "").split(",", -1)) {
            String[] words = part.split("[-:]", -1);
            long first = Long.parseLong(words[0]);
            ranges.add(new long[] {
                first,
                words.length > 1 ? Long.parseLong(words[1]) : first,
                words.length > 2 ? Long.parseLong(words[2]) : 1
            });
        }
        return ranges;
    }

    /** An interface, or a range of addresses. */
    public static String network(String text) {
        Matcher range = RANGE.matcher(text);
        boolean right = range.matches()
                ? Stream.of(1, 2, 3, 4).allMatch(i -> Integer.parseInt(range.group(i)) < 256)
                        && Integer.parseInt(range.group(5)) <= 32
                : INTERFACE.matcher(text).matches();
        if (!right) {
            throw new UsageException(
                    "--interface " + text + ": expected an interface such as ib0, or a range such as 10.1.0.0/16");
        }
        return text;
    }

    /** What a job waits for, in Slurm's form; a job is known by its number, or by the name of its run. */
    public static String after(String text, Runs runs) {
        Matcher m = AFTER.matcher(text);
        if (!m.matches() || (m.group(2) == null && text.matches("\\d+(_\\d+)?:.*"))) {
            throw new UsageException("--after " + text + ": expected JOB, JOB:ok, JOB:any or JOB:notok");
        }
        String job = m.group(1).matches("\\d+(_\\d+)?")
                ? m.group(1)
                : runs.find(m.group(1)).job();
        if (!job.matches("\\d+(_\\d+)?")) {
            throw new UsageException("--after " + text + ": job " + job + " is none of Slurm's");
        }
        return "after" + (m.group(2) == null ? "ok" : m.group(2)) + ":" + job;
    }

    /**
     * How a job keeps what it has done.
     *
     * @param before how long before its end, such as {@code 5m}
     * @param time how long it may run, or null where the partition says so
     */
    public static JobRequest.Saving saving(String before, int resumes, @Nullable String time) {
        Duration early = Times.duration("--checkpoint-before", before);
        if (early.toSeconds() > MOST_SECONDS_BEFORE) {
            throw new UsageException(
                    "--checkpoint-before " + before + ": expected at most " + MOST_SECONDS_BEFORE + "s");
        }
        if (time != null && TimeLimit.parse(time).compareTo(early) <= 0) {
            throw new UsageException(
                    "--checkpoint-before " + before + ": expected less than the time of the job, --time " + time);
        }
        return new JobRequest.Saving(early, resumes);
    }

    /** A further argument of sbatch. */
    public static String sbatchArgument(String text) {
        if (!text.startsWith("-") || text.lines().count() != 1) {
            throw new UsageException(
                    "--sbatch-arg " + text + ": expected an option of sbatch, such as --mail-type=END");
        }
        return text;
    }

    /** Refuses a job whose nodes would not find what they need. */
    public static void checkShared(Profile site, @Nullable Path jar, Path home, Path folder) {
        var shared = new SharedPaths(site.shared());
        if (jar != null) {
            shared.check("the jar", jar, "copy it to your home");
        }
        shared.check("the folder of the run", folder, "choose another with --logs or KILN_RUNS");
        shared.check("kiln itself", home, "copy the distribution to your home");
    }
}
