package dev.ichor.netboot;

import dev.ichor.boot.Content;
import dev.ichor.boot.Loaders;
import dev.ichor.boot.Payload;
import dev.ichor.cluster.Mac;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The boot server's HTTP side: Matchbox's routes with the gate before them, the loaders, and what
/// is told about each request.
final class Web implements HttpServer.Handler {
    private static final int OK = 200;
    private static final int PARTIAL = 206;

    private final Offerings offerings;
    private final Matchbox matchbox;
    private final Gate gate;
    private final Setup setup;
    private final Handover handover;
    private final Identity identity;
    private final Reporter reporter;

    Web(Offerings offerings, Gate gate, Setup setup, Identity identity, Reporter reporter) {
        this.offerings = offerings;
        this.matchbox = new Matchbox(offerings.tree(), reporter::once);
        this.gate = gate;
        this.setup = setup;
        this.handover = new Handover(matchbox, offerings.http(), gate, identity, reporter);
        this.identity = identity;
        this.reporter = reporter;
    }

    @Override
    public HttpResponse answer(HttpRequest request) throws IOException, InterruptedException {
        Optional<String> path = Percent.decode(request.rawPath(), false);
        if (path.isEmpty()) {
            return HttpResponse.error(400, "400 Bad Request");
        }
        Labels labels = Labels.of(request.rawQuery());
        Mac mac = labels.mac();
        return switch (path.get()) {
            case Handover.GENERIC -> handover.config(request, path.get());
            case "/cloud", "/ignition", "/metadata" ->
                    gate.asks()
                            ? handover.config(request, path.get())
                            : matchbox.answer(request, path.get());
            case "/ipxe" -> script(request, mac);
            case "/boot.ipxe", "/boot.ipxe.0" ->
                    followed(
                            request,
                            path.get(),
                            mac,
                            Payload.SCRIPT,
                            matchbox.answer(request, path.get()));
            default -> file(request, path.get());
        };
    }

    private HttpResponse script(HttpRequest request, @Nullable Mac mac) throws IOException {
        if (mac != null && !setup.known().test(mac)) {
            String page = Scripts.notInPlan(offerings.http(), setup.strangers());
            return followed(request, "/ipxe", mac, Payload.SCRIPT, HttpResponse.text(OK, page));
        }
        HttpResponse answer = handover.script(request);
        return followed(request, "/ipxe", mac, Payload.SCRIPT, answer);
    }

    private HttpResponse file(HttpRequest request, String path) throws IOException {
        if (path.startsWith(Nbp.HTTP_PATH)) {
            Payload kind = path.endsWith(".ipxe") ? Payload.SCRIPT : Payload.LOADER;
            return followed(request, path, null, kind, loader(request, path));
        }
        HttpResponse answer = read(request, path);
        return path.startsWith(Assets.PREFIX) && !path.endsWith("/")
                ? followed(request, path, null, FileKind.byName(path), answer)
                : answer;
    }

    /// A file that has vanished since it was listed, or that the disk does not give, is told as one
    /// that is not there.
    private HttpResponse read(HttpRequest request, String path) throws IOException {
        try {
            return gated(path)
                    ? HttpResponse.error(403, Secrets.ONLY_GATED)
                    : matchbox.answer(request, path);
        } catch (IOException e) {
            if (!path.startsWith(Assets.PREFIX)) {
                throw e;
            }
            Log.of(Web.class).log(System.Logger.Level.WARNING, "not readable: " + path, e);
            return HttpResponse.notFound();
        }
    }

    /// A folder made by hand may have configs under `assets/`, past the gate.
    private boolean gated(String path) throws IOException {
        if (!gate.asks() || !path.startsWith(Assets.PREFIX)) {
            return false;
        }
        Optional<Content> file = Assets.find(offerings.tree(), path);
        return file.isPresent() && Secrets.machineConfig(file.get());
    }

    /// For UEFI HTTP boot, which sends HEAD first and wants the type; the loader then looks for
    /// `autoexec.ipxe` beside itself.
    private HttpResponse loader(HttpRequest request, String path) throws IOException {
        if (path.endsWith(".ipxe")) {
            return HttpResponse.text(OK, Scripts.entry(offerings.http()));
        }
        Optional<Loaders.Loader> loader =
                offerings.loaders().loaders().all().stream()
                        .filter(l -> Nbp.httpPath(l).equals(path))
                        .findFirst();
        return loader.isEmpty()
                ? HttpResponse.notFound()
                : Assets.content(request, path, Content.File.at(loader.get().path()))
                        .with(HttpResponse.CONTENT_TYPE, "application/efi");
    }

    /// Tells how an answer goes out, or that there is none.
    private HttpResponse followed(
            HttpRequest request,
            String path,
            @Nullable Mac said,
            Payload kind,
            HttpResponse answer) {
        if (request.head() || answer.status() / 100 == 3) {
            return answer;
        }
        TransferWatch watch =
                new TransferWatch(
                        reporter,
                        new TransferWatch.What(
                                identity.of(request.peer(), said),
                                request.peer(),
                                TransferWatch.HTTP,
                                kind,
                                path,
                                answer.body().length()));
        if (answer.status() != OK && answer.status() != PARTIAL) {
            watch.failed(reason(answer));
            return answer;
        }
        if (kind != Payload.SCRIPT) {
            watch.begun();
        }
        return answer.watched(
                new HttpResponse.Watch() {
                    @Override
                    public void progress(long done) {
                        watch.progress(done);
                    }

                    @Override
                    public void ended(long done, @Nullable String trouble) {
                        if (trouble == null) {
                            fetched(request, kind, answer);
                            watch.done();
                        } else {
                            watch.failed(trouble);
                        }
                    }
                });
    }

    /// A range or a loader is not what a boot consists of.
    private void fetched(HttpRequest request, Payload kind, HttpResponse answer) {
        if (answer.status() != OK) {
            return;
        }
        switch (kind) {
            case SCRIPT -> gate.fetched(request.peer(), MachineState.Fetched.SCRIPT);
            case KERNEL -> gate.fetched(request.peer(), MachineState.Fetched.KERNEL);
            case INITRAMFS -> gate.fetched(request.peer(), MachineState.Fetched.INITRAMFS);
            case LOADER, CONFIG, OTHER -> {}
        }
    }

    private static String reason(HttpResponse answer) {
        return answer.status() == 404
                ? "There is nothing for it in the served folder."
                : answer.body() instanceof HttpBody.Bytes(byte[] text)
                        ? new String(text, StandardCharsets.UTF_8).strip()
                        : "status " + answer.status();
    }
}
