package dev.ichor.artifacts;

import okhttp3.HttpUrl;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Optional;

/// A folder on a web server.
///
/// @param kernelName what it calls `vmlinuz`: the Factory says `kernel`
record WebSupply(Download download, HttpUrl folder, String kernelName) implements Supply {
    @Override
    public String where() {
        return folder.host();
    }

    @Override
    public Optional<String> text(String name) throws IOException, InterruptedException {
        return download.optionalText(url(name));
    }

    @Override
    public String file(String name, Partial to, @Nullable String wanted, Meter.Part progress)
            throws IOException, InterruptedException {
        return download.file(url(name), to, wanted, progress);
    }

    private HttpUrl url(String name) {
        String there = name.replaceFirst("^vmlinuz", kernelName);
        return folder.newBuilder().addPathSegment(there).build();
    }
}
