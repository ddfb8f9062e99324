package dev.ichor.artifacts;

import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Schematic;
import dev.ichor.cluster.TalosVersion;

import okhttp3.HttpUrl;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;

/// The Image Factory's HTTP interface (image-factory, docs/api.md).
record Factory(Download download, HttpUrl base) {
    Factory(Download download, URI base) {
        this(download, HttpUrl.get(base.toString()));
    }

    HttpUrl versions() {
        return at("versions");
    }

    HttpUrl extensions(TalosVersion talos) {
        return at("version/" + talos + "/extensions/official");
    }

    /// Where it serves an image; the schematic is told to it first.
    ///
    /// @throws ProblemException when it gives the schematic another ID than we do
    Supply image(Schematic schematic, TalosVersion talos) throws IOException, InterruptedException {
        String answer = download.post(at("schematics"), schematic.yaml());
        String id = id(answer);
        if (!id.equals(schematic.id())) {
            throw new ProblemException(
                    base.host() + " understands the extensions in another way than Ichor.",
                    "It gives them the ID " + id + ", Ichor computed " + schematic.id() + ".",
                    "Update Ichor; until then use Talos without extensions.");
        }
        return new WebSupply(download, at("image/" + id + "/" + talos), "kernel");
    }

    private String id(String answer) throws ProblemException {
        try {
            return new JsonMapper().readTree(answer).path("id").asString("");
        } catch (JacksonException e) {
            throw Words.webPage("a schematic's ID", base.host());
        }
    }

    private HttpUrl at(String path) {
        return base.newBuilder().addPathSegments(path).build();
    }
}
