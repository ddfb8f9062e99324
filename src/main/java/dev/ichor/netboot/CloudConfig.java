package dev.ichor.netboot;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;

/// Whether a cloud-config can be read: Matchbox hands out no other.
final class CloudConfig {
    private CloudConfig() {}

    /// The first document of a text, whatever it says.
    static boolean isYaml(String text) {
        try (JsonParser parser = new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            parser.skipChildren();
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }
}
