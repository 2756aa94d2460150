package dev.kiln.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "kiln " + (version == null ? "(from class files)" : version) + ", Java " + Runtime.version()
        };
    }
}
