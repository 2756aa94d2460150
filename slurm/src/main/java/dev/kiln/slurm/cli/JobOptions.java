package dev.kiln.slurm.cli;

import dev.kiln.command.UsageException;
import dev.kiln.slurm.Backend;
import dev.kiln.slurm.JobRequest;
import dev.kiln.slurm.LossPolicy;
import dev.kiln.slurm.Profile;
import dev.kiln.slurm.Requests;
import dev.kiln.slurm.Runs;
import dev.kiln.slurm.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a job that are Kiln's own; a picocli mixin. */
final class JobOptions {

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many nodes (default: ${DEFAULT-VALUE}).")
    private int nodes = 1;

    @Option(
            names = "--min-nodes",
            paramLabel = "M",
            defaultValue = "0",
            description = "Begin with fewer nodes, but at least so many.")
    private int least;

    @Option(
            names = "--het",
            paramLabel = "NODES",
            description = "Further nodes that are not like these, such as nodes=2,mem-per-node=64g,constraint=fat; what"
                    + " is not said is as for these. May be given again.")
    private List<String> het = new ArrayList<>();

    @Option(
            names = "--job-name",
            paramLabel = "NAME",
            description = "The name of the job (default: that of the jar or command).")
    private @Nullable String name;

    @Option(
            names = "--array",
            paramLabel = "RANGE",
            description =
                    "Run it once for each number, such as 0-9%%3: ten times, three at once. {task} in arguments is"
                            + " the number.")
    private @Nullable String array;

    @Option(
            names = "--after",
            paramLabel = "JOB[:WHEN]",
            description = "Begin after another job: when it is ok (the default), in any case (any), or notok.")
    private List<String> after = new ArrayList<>();

    @Option(names = "--sbatch-arg", paramLabel = "ARG", description = "A further argument of sbatch.")
    private List<String> sbatch = new ArrayList<>();

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description = "What holds for all jobs of a site, in YAML; or the name of one that comes with Kiln.")
    private @Nullable String profile;

    @Option(names = "--module", paramLabel = "M", description = "An environment module to load.")
    private List<String> modules = new ArrayList<>();

    @Option(names = "--prologue", paramLabel = "CMD", description = "A shell command to run first.")
    private List<String> prologue = new ArrayList<>();

    @Option(
            names = "--on-worker-loss",
            paramLabel = "WHAT",
            defaultValue = "continue",
            converter = Words.OfLoss.class,
            description = "When a node is lost: continue with the others, fail, or requeue the job (default:"
                    + " ${DEFAULT-VALUE}).")
    private LossPolicy loss = LossPolicy.CONTINUE;

    @Option(
            names = "--checkpoint-before",
            paramLabel = "TIME",
            description = "So long before the job's time is over, keep what it has done, such as 5m.")
    private @Nullable String before;

    @Option(
            names = "--resume",
            paramLabel = "N",
            defaultValue = "0",
            description = "With --checkpoint-before: start the job again and go on, at most so many times.")
    private int resumes;

    @Option(
            names = "--interface",
            paramLabel = "NET",
            description = "The network to use: an interface such as ib0, or a range such as 10.1.0.0/16.")
    private @Nullable String network;

    @Option(
            names = "--logs",
            paramLabel = "DIR",
            description = "Where to make the folder of the run (default: ~/kiln-runs).")
    private @Nullable Path logs;

    @Option(
            names = "--backend",
            paramLabel = "WHAT",
            defaultValue = "slurm",
            converter = Words.OfBackend.class,
            description = "What gives the nodes: slurm, allocation (that of salloc, which this runs in), or local: this"
                    + " machine (default: ${DEFAULT-VALUE}).")
    private Backend backend = Backend.SLURM;

    JobRequest request(
            Surroundings here,
            Map<Setting, String> given,
            List<String> program,
            List<String> rest,
            Set<String> commands) {
        Profile site = profile(here);
        Runs runs = here.runs();
        List<String> words = Requests.words(here.directory(), program, rest, commands);
        String jobName = Requests.name(name, program, rest);
        if (nodes < 1) {
            throw new UsageException("--nodes " + nodes + ": expected 1 or more");
        }
        if (least < 0 || least > nodes) {
            throw new UsageException("--min-nodes " + least + ": expected 1 to " + nodes + ", as --nodes says");
        }
        if (!het.isEmpty() && (backend != Backend.SLURM || array != null || least != 0)) {
            throw new UsageException("--het needs --backend slurm, and goes neither with --array nor with --min-nodes");
        }
        if (backend != Backend.SLURM && (array != null || !after.isEmpty())) {
            throw new UsageException((array != null ? "--array" : "--after") + " needs --backend slurm");
        }
        if (backend == Backend.ALLOCATION && !here.environment().containsKey("SLURM_JOB_ID")) {
            throw new UsageException("--backend allocation: this is in no allocation of Slurm; begin one with salloc");
        }
        if (backend != Backend.SLURM && loss == LossPolicy.REQUEUE) {
            throw new UsageException("--on-worker-loss requeue needs --backend slurm");
        }
        Path folder = runs.next(
                logs == null ? null : here.directory().resolve(logs),
                jobName,
                here.clock().instant(),
                here.salt().get());
        if (backend == Backend.SLURM) {
            Requests.checkShared(site, program.isEmpty() ? null : Path.of(words.get(1)), here.home(), folder);
        }
        Map<Setting, String> settings = Requests.settings(site, given);
        return new JobRequest(
                jobName,
                nodes,
                least == 0 ? nodes : least,
                settings,
                het.stream().map(text -> Requests.group(text, settings)).toList(),
                array == null ? null : Requests.array(array),
                after.stream().map(text -> Requests.after(text, runs)).toList(),
                Stream.concat(site.sbatchArguments().stream(), sbatch.stream())
                        .map(Requests::sbatchArgument)
                        .toList(),
                Stream.concat(site.modules().stream(), modules.stream()).toList(),
                Stream.concat(site.prologue().stream(), prologue.stream()).toList(),
                site.environment(),
                loss,
                saving(site, given),
                network == null ? site.network() : Requests.network(network),
                words,
                here.directory(),
                here.home(),
                folder,
                backend);
    }

    private JobRequest.@Nullable Saving saving(Profile site, Map<Setting, String> given) {
        if (before == null) {
            if (resumes != 0) {
                throw new UsageException("--resume " + resumes + ": expected --checkpoint-before TIME with it");
            }
            return null;
        }
        if (resumes < 0) {
            throw new UsageException("--resume " + resumes + ": expected 0 or more");
        }
        if (backend == Backend.ALLOCATION) {
            throw new UsageException(
                    "--checkpoint-before needs --backend slurm or local: an allocation is not this job's"
                            + " to ask for again");
        }
        return Requests.saving(before, resumes, Requests.settings(site, given).get(Setting.TIME));
    }

    private Profile profile(Surroundings here) {
        String chosen = profile == null ? here.environment().get("KILN_PROFILE") : profile;
        if (chosen == null || chosen.isEmpty()) {
            return Profile.NONE;
        }
        Path file = here.directory().resolve(chosen);
        if (!Files.exists(file) && chosen.matches("[a-z0-9-]+")) {
            file = here.home().resolve("conf/profiles").resolve(chosen + ".yaml");
        }
        return Profile.read(file);
    }
}
