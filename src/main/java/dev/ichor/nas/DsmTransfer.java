package dev.ichor.nas;

import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okhttp3.Response;

import okio.BufferedSink;
import okio.Okio;
import okio.Source;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/// The content of files, to and from File Station.
record DsmTransfer(DsmWeb web) {
    private static final String UPLOAD = "SYNO.FileStation.Upload";
    private static final String DOWNLOAD = "SYNO.FileStation.Download";

    /// Sends a file into a folder, over one of that name; DSM makes the folder.
    ///
    /// @return DSM's error, 0 when it took the file
    int upload(String folder, String name, InputStream in) throws IOException {
        MultipartBody body =
                new MultipartBody.Builder()
                        .setType(MultipartBody.FORM)
                        .addFormDataPart("api", UPLOAD)
                        .addFormDataPart("version", "2")
                        .addFormDataPart("method", "upload")
                        .addFormDataPart("path", folder)
                        .addFormDataPart("create_parents", "true")
                        .addFormDataPart("overwrite", "true")
                        .addFormDataPart("file", name, new Content(in))
                        .build();
        return web.sent(web.request(UPLOAD, Map.of()).post(body).build());
    }

    /// Reads a file.
    ///
    /// @return false where DSM does not give it
    boolean download(String path, OutputStream to) throws IOException {
        Map<String, String> query =
                Map.of(
                        "api",
                        DOWNLOAD,
                        "version",
                        "2",
                        "method",
                        "download",
                        "mode",
                        "\"download\"",
                        "path",
                        JsonMapper.shared().writeValueAsString(List.of(path)));
        try (Response r = web.raw(web.request(DOWNLOAD, query).build())) {
            boolean file = r.isSuccessful() && r.header("Content-Disposition") != null;
            if (file) {
                r.body().byteStream().transferTo(to);
            }
            return file;
        }
    }

    /// A stream of unknown length, once.
    private static final class Content extends RequestBody {
        private final InputStream in;

        Content(InputStream in) {
            this.in = in;
        }

        @Override
        public @Nullable MediaType contentType() {
            return null;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            try (Source source = Okio.source(in)) {
                sink.writeAll(source);
            }
        }
    }
}
