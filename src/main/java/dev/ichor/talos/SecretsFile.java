package dev.ichor.talos;

import dev.ichor.cluster.ProblemException;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// talosctl's secrets.yaml.
public final class SecretsFile {
    private SecretsFile() {}

    /// Reads a bundle that this program or talosctl made.
    ///
    /// @throws ProblemException naming the file, when it is missing, cannot be read or is no such
    ///   bundle
    public static Secrets read(Path file) throws IOException {
        try {
            return parse(Files.readString(file, StandardCharsets.UTF_8), file);
        } catch (NoSuchFileException _) {
            throw problem(file, "There is no such file.");
        } catch (CharacterCodingException _) {
            throw problem(file, "It is not text (UTF-8).");
        } catch (ProblemException e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /// Writes a bundle, for its owner's eyes only.
    ///
    /// @throws ProblemException naming the file, when it is there already
    /// @throws IOException when it cannot be written
    public static void write(Path file, Secrets secrets) throws IOException {
        OwnerOnly.write(file, yaml(secrets));
    }

    private static ProblemException problem(Path file, String why) {
        return new ProblemException(
                file + " is not a Talos secrets file.",
                why,
                "Give the secrets.yaml that was made for this cluster.");
    }

    private static ProblemException unreadable(Path file, IOException e) {
        String why =
                switch (e) {
                    case AccessDeniedException _ -> "This user may not read it.";
                    case IOException _ when Files.isDirectory(file) -> "It is a folder.";
                    default -> "The system says: " + e.getMessage() + ".";
                };
        return new ProblemException(
                file + " cannot be read.",
                why,
                "Give the secrets.yaml that was made for this cluster, as its owner.");
    }

    /// Reads a bundle's text.
    ///
    /// @param file where it came from, for the message
    /// @throws ProblemException naming the file, when it is no such bundle
    public static Secrets parse(String text, Path file) throws ProblemException {
        try {
            return parse(text);
        } catch (IllegalArgumentException e) {
            throw problem(file, "In " + e.getMessage() + ".");
        }
    }

    /// The keys of a bundle that Talos does not know; they are not taken over.
    public static List<String> unknownKeys(String text) {
        List<String> known = Yaml.one(yaml(parse(text))).paths();
        return Yaml.one(text).paths().stream()
                .filter(p -> !known.contains(p) && !p.endsWith("encryptionsecret"))
                .toList();
    }

    static Secrets parse(String text) {
        Secrets secrets = unchecked(text);
        SecretsCheck.check(secrets);
        return secrets;
    }

    private static Secrets unchecked(String text) {
        YamlTree root = Yaml.one(text);
        return new Secrets(
                root.text("cluster", "id"),
                root.text("cluster", "secret"),
                root.text("secrets", "bootstraptoken"),
                root.optional("secrets", "secretboxencryptionsecret"),
                root.optional("secrets", "aescbcencryptionsecret"),
                root.text("trustdinfo", "token"),
                pair(root, "etcd"),
                pair(root, "k8s"),
                pair(root, "k8saggregator"),
                Pem.text(root.text("certs", "k8sserviceaccount", "key")),
                pair(root, "os"));
    }

    private static PemPair pair(YamlTree root, String name) {
        return PemPair.ofBase64(root.text("certs", name, "crt"), root.text("certs", name, "key"));
    }

    /// A bundle as a file's text. Secret.
    public static String yaml(Secrets s) {
        Fields secrets =
                Fields.of("bootstraptoken", s.bootstrapToken())
                        .putIf(!s.secretbox().isEmpty(), "secretboxencryptionsecret", s.secretbox())
                        .putIf(!s.aescbc().isEmpty(), "aescbcencryptionsecret", s.aescbc());
        Fields certs =
                Fields.of("etcd", Fields.pair(s.etcd()))
                        .put("k8s", Fields.pair(s.kubernetes()))
                        .put("k8saggregator", Fields.pair(s.aggregator()))
                        .put("k8sserviceaccount", Fields.of("key", Pem.base64(s.serviceAccount())))
                        .put("os", Fields.pair(s.talos()));
        Fields root =
                Fields.of(
                                "cluster",
                                Fields.of("id", s.clusterId()).put("secret", s.clusterSecret()))
                        .put("secrets", secrets)
                        .put("trustdinfo", Fields.of("token", s.trustdToken()))
                        .put("certs", certs);
        return Yaml.write(List.of(root.map()));
    }
}
