package dev.ichor.cli;

import dev.ichor.steps.Report;

import picocli.CommandLine.IVersionProvider;

/// The version from our jar's manifest.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {Report.version()};
    }
}
