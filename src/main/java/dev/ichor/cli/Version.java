package dev.ichor.cli;

import picocli.CommandLine.IVersionProvider;

/// The version from our jar's manifest.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"ichor " + (version == null ? "(not packaged)" : version)};
    }
}
