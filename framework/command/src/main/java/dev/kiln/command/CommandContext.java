package dev.kiln.command;

/**
 * What a subcommand is given.
 *
 * @param launcher starts clusters
 * @param console where to print
 */
public record CommandContext(Launcher launcher, Console console) {}
