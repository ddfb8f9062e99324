package dev.ichor.talos;

import dev.ichor.cluster.ProblemException;

import java.util.ArrayList;
import java.util.List;

/// A change of a machine config as `talosctl` takes it: a strategic merge of one or more documents,
/// or a list of JSON patch operations (RFC 6902).
public sealed interface Patch {
    /// Documents laid over those of the same kind and name, or added; deletions before them.
    record Strategic(List<Deletion> deletions, List<Document> documents) implements Patch {}

    /// Operations on the only document.
    record Json(List<JsonPatch.Operation> operations) implements Patch {}

    /// Reads a patch.
    ///
    /// @param source where it came from, for the message
    /// @throws ProblemException naming source and line
    static Patch parse(String text, String source) throws ProblemException {
        try {
            List<YamlTree> documents = YamlReader.read(text);
            if (documents.size() == 1
                    && documents.getFirst() instanceof YamlTree.Items operations) {
                return new Json(JsonPatch.operations(operations));
            }
            if (documents.isEmpty()) {
                throw new BadYaml(1, "it is empty");
            }
            List<Deletion> deletions = new ArrayList<>();
            List<YamlTree> rest = new ArrayList<>();
            for (YamlTree document : documents) {
                Deletion.extract(document, deletions).ifPresent(rest::add);
            }
            return new Strategic(deletions, Document.of(rest));
        } catch (BadYaml e) {
            throw new ProblemException(
                    "The patch " + source + " cannot be used.",
                    "In " + e.getMessage() + ".",
                    "Mend it and try again.");
        }
    }

    /// The documents with this patch.
    ///
    /// @throws BadYaml when it does not fit
    private List<Document> on(List<Document> documents) {
        return switch (this) {
            case Json j -> JsonPatch.apply(documents, j.operations());
            case Strategic s -> merged(documents, s);
        };
    }

    private static List<Document> merged(List<Document> documents, Strategic patch) {
        List<Document> all = new ArrayList<>(documents);
        List<String> before = documents.stream().map(Document::id).toList();
        List<String> gone = new ArrayList<>();
        patch.deletions().forEach(d -> d.on(all).ifPresent(gone::add));
        for (Document right : patch.documents()) {
            int at = all.stream().map(Document::id).toList().indexOf(right.id());
            if (at >= 0 && before.contains(right.id()) && !gone.contains(right.id())) {
                all.set(
                        at,
                        new Document(
                                right.kind(),
                                Merge.documents(
                                        all.get(at).values(), right.values(), right.kind())));
            } else {
                all.add(right);
            }
        }
        return all;
    }

    /// A config's text with patches, in the order given.
    ///
    /// @throws ProblemException when one does not fit
    static String apply(String config, List<Patch> patches) throws ProblemException {
        if (patches.isEmpty()) {
            return config;
        }
        try {
            List<Document> documents = Document.of(YamlReader.read(config));
            for (Patch patch : patches) {
                documents = Document.peaceful(patch.on(documents));
            }
            return Document.write(documents);
        } catch (BadYaml e) {
            throw new ProblemException(
                    "A patch does not fit the config.",
                    "Talos would refuse it: " + e.what() + ".",
                    "Mend it and try again.");
        }
    }
}
