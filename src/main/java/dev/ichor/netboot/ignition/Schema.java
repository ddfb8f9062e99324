package dev.ichor.netboot.ignition;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The fields of an Ignition config, specification 3.0 to 3.4, in the order they are written.
final class Schema {
    static final String ROOT = "Config";

    /// As much of a config as tells its specification.
    static final String VERSION = "Versioned";

    /// `TYPE NAME:KIND[@SINCE] …`: the kind is a type, `text`, `number` or `flag`; in brackets for
    /// a list; with `!` it is written even when it is not there, with `?` not even when it is zero;
    /// `@2` is new in 3.2.
    private static final String TABLE =
            """
            Versioned ignition:Version
            Version version:text!
            Config ignition:Ignition kernelArguments:KernelArguments@3 passwd:Passwd storage:Storage systemd:Systemd
            Ignition config:IgnitionConfig proxy:Proxy@1 security:Security timeouts:Timeouts version:text!
            IgnitionConfig merge:[Reference] replace:Reference
            Reference compression:text@1 httpHeaders:[HTTPHeader]@1 source:text verification:Verification
            Resource compression:text httpHeaders:[HTTPHeader]@1 source:text verification:Verification
            Verification hash:text
            HTTPHeader name:text! value:text
            Proxy httpProxy:text httpsProxy:text noProxy:[text]
            Security tls:TLS
            TLS certificateAuthorities:[Reference]
            Timeouts httpResponseHeaders:number httpTotal:number
            KernelArguments shouldExist:[text] shouldNotExist:[text]
            Passwd groups:[PasswdGroup] users:[PasswdUser]
            PasswdGroup gid:number name:text! passwordHash:text shouldExist:flag@2 system:flag
            PasswdUser gecos:text groups:[text] homeDir:text name:text! noCreateHome:flag noLogInit:flag noUserGroup:flag passwordHash:text primaryGroup:text sshAuthorizedKeys:[text] shell:text shouldExist:flag@2 system:flag uid:number
            Storage directories:[Directory] disks:[Disk] files:[File] filesystems:[Filesystem] links:[Link] luks:[Luks]@2 raid:[Raid]
            Owner id:number name:text
            Directory group:Owner overwrite:flag path:text! user:Owner mode:number
            File group:Owner overwrite:flag path:text! user:Owner append:[Resource] contents:Resource mode:number
            Link group:Owner overwrite:flag path:text! user:Owner hard:flag target:text
            Disk device:text! partitions:[Partition] wipeTable:flag
            Partition guid:text label:text number:number? resize:flag@2 shouldExist:flag sizeMiB:number startMiB:number typeGuid:text wipePartitionEntry:flag
            Filesystem device:text! format:text label:text mountOptions:[text]@1 options:[text] path:text uuid:text wipeFilesystem:flag
            Luks clevis:Clevis device:text discard:flag@4 keyFile:Resource label:text name:text! openOptions:[text]@4 options:[text] uuid:text wipeVolume:flag
            Clevis custom:Custom tang:[Tang] threshold:number tpm2:flag
            Custom config:text needsNetwork:flag pin:text
            Tang advertisement:text@4 thumbprint:text url:text?
            Raid devices:[text] level:text name:text! options:[text] spares:number
            Systemd units:[Unit]
            Unit contents:text dropins:[Dropin] enabled:flag mask:flag name:text!
            Dropin contents:text name:text!
            """;

    private static final Map<String, SequencedMap<String, Field>> TYPES = types();

    private Schema() {}

    /// What a field may hold.
    enum Kind {
        TEXT,
        NUMBER,
        FLAG,
        OBJECT
    }

    /// One field.
    ///
    /// @param type of an object
    /// @param always written even when it is not there
    /// @param omitZero not written when it is zero or empty
    /// @param since the 3.x it came with
    record Field(
            String name,
            Kind kind,
            String type,
            boolean list,
            boolean always,
            boolean omitZero,
            int since) {}

    /// In the order they are written.
    static Iterable<Field> fields(String type) {
        return of(type).sequencedValues();
    }

    /// As Go finds it: the exact name, or the same in another case.
    static Optional<Field> field(String type, String name, int minor) {
        Field exact = of(type).get(name);
        return Optional.ofNullable(exact)
                .or(() ->
                        of(type).values().stream()
                                .filter(f -> f.name().equalsIgnoreCase(name))
                                .findFirst())
                .filter(f -> f.since() <= minor);
    }

    private static SequencedMap<String, Field> of(String type) {
        return TYPES.getOrDefault(type, new LinkedHashMap<>());
    }

    private static Map<String, SequencedMap<String, Field>> types() {
        Map<String, SequencedMap<String, Field>> all = new LinkedHashMap<>();
        for (String line : TABLE.split("\n")) {
            String[] words = line.split(" ");
            SequencedMap<String, Field> fields = new LinkedHashMap<>();
            for (int i = 1; i < words.length; i++) {
                Field f = parse(words[i]);
                fields.put(f.name(), f);
            }
            all.put(words[0], fields);
        }
        return all;
    }

    private static Field parse(String word) {
        String[] at = word.split("@");
        String[] parts = at[0].split(":");
        String type = parts[1].replaceAll("[\\[\\]!?]", "");
        Kind kind =
                switch (type) {
                    case "text" -> Kind.TEXT;
                    case "number" -> Kind.NUMBER;
                    case "flag" -> Kind.FLAG;
                    default -> Kind.OBJECT;
                };
        return new Field(
                parts[0],
                kind,
                type,
                parts[1].startsWith("["),
                parts[1].endsWith("!"),
                parts[1].endsWith("?"),
                at.length > 1 ? Integer.parseInt(at[1]) : 0);
    }
}
