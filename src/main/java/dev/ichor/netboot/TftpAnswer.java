package dev.ichor.netboot;

import dev.ichor.boot.Content;
import dev.ichor.boot.Loaders;
import dev.ichor.boot.Payload;
import dev.ichor.cluster.Firmware;
import dev.ichor.netboot.tftp.ErrorCode;
import dev.ichor.netboot.tftp.TftpPacket.ReadRequest;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.Set;

/// What a read request is answered.
sealed interface TftpAnswer {
    /// RFC 1350 section 1 without the obsolete `mail`.
    Set<String> MODES = Set.of("octet", "netascii");

    /// This content.
    record Send(Payload kind, Content content) implements TftpAnswer {}

    /// Nothing.
    ///
    /// @param toClient goes into its error packet; firmware shows it
    /// @param toOwner is told as an event
    record Refuse(ErrorCode code, String toClient, Payload kind, String toOwner)
            implements TftpAnswer {}

    /// @param client what its DHCP packets told lately, or null
    static TftpAnswer of(ReadRequest r, Clients.@Nullable Client client, Offerings offerings) {
        if (!MODES.contains(r.mode())) {
            return new Refuse(
                    ErrorCode.ILLEGAL_OPERATION,
                    "Only octet and netascii are served",
                    Payload.OTHER,
                    "It asks for mode " + r.mode() + ", which nobody uses any more.");
        }
        try {
            return chosen(Nbp.choose(r, client, offerings.loaders()), offerings);
        } catch (NoSuchFileException e) {
            return new Refuse(
                    ErrorCode.NOT_FOUND,
                    "File not found",
                    Payload.OTHER,
                    "The file " + e.getFile() + " is not there any more.");
        } catch (IOException e) {
            return new Refuse(
                    ErrorCode.NOT_DEFINED,
                    "The file cannot be read",
                    Payload.OTHER,
                    "It cannot be read: " + e);
        }
    }

    private static TftpAnswer chosen(Nbp.Choice choice, Offerings offerings) throws IOException {
        return switch (choice) {
            case Nbp.Choice.Script _ ->
                    new Send(Payload.SCRIPT, new Content.Text(Scripts.entry(offerings.http())));
            case Nbp.Choice.Loader(Loaders.Loader loader) ->
                    new Send(Payload.LOADER, Content.File.at(loader.path()));
            case Nbp.Choice.NoLoader(Firmware firmware) -> {
                String what = "No boot loader for " + firmware.label() + " is at hand.";
                yield new Refuse(ErrorCode.NOT_FOUND, what, Payload.LOADER, what);
            }
            case Nbp.Choice.File(String path) -> file(path, offerings);
        };
    }

    private static TftpAnswer file(String path, Offerings offerings) throws IOException {
        Optional<Content> file = Assets.find(offerings.tree(), path);
        if (file.isEmpty()) {
            return new Refuse(
                    ErrorCode.NOT_FOUND, "File not found", Payload.OTHER, "There is no such file.");
        }
        Optional<String> refusal = Secrets.tftpRefusal(file.get());
        return refusal.isPresent()
                ? new Refuse(
                        ErrorCode.ACCESS_VIOLATION, "Not handed out", Payload.OTHER, refusal.get())
                : new Send(FileKind.byName(path), file.get());
    }
}
