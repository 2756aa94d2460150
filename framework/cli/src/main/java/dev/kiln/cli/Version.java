package dev.kiln.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {

    /** Of Kiln. */
    static String ofKiln() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(from class files)" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"kiln " + ofKiln() + ", Java " + Runtime.version()};
    }
}
