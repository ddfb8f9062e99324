package dev.ichor.cluster;

/// How we know that a downloaded file is from its maker.
public enum Origin {
    /// Its SHA-256 came with this program.
    SHIPPED("its checksum came with Ichor"),
    /// Signed by Talos' makers (Sigstore).
    SIGNED("signed by Sidero Labs"),
    /// From the Image Factory, which gives no checksum: remembered from the first download, so a
    /// later change shows.
    PINNED("from the Image Factory, which gives no checksum; remembered from the first download"),
    /// Nothing vouches for it; the owner has accepted that.
    ACCEPTED("origin not verified, accepted by you");

    private final String words;

    Origin(String words) {
        this.words = words;
    }

    /// For a row or a line.
    public String words() {
        return words;
    }
}
