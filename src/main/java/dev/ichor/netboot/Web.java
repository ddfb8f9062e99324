package dev.ichor.netboot;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.Content;
import dev.ichor.boot.Loaders;
import dev.ichor.boot.Payload;
import dev.ichor.cluster.Ip4;
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

    private static final String GENERIC = "/generic";

    private final Offerings offerings;
    private final Matchbox matchbox;
    private final Gate gate;
    private final Setup setup;
    private final Identity identity;
    private final Reporter reporter;

    Web(Offerings offerings, Gate gate, Setup setup, Identity identity, Reporter reporter) {
        this.offerings = offerings;
        this.matchbox = new Matchbox(offerings.tree(), reporter::once);
        this.gate = gate;
        this.setup = setup;
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
            case GENERIC -> config(request, path.get(), mac);
            case "/cloud", "/ignition", "/metadata" ->
                    gate.asks()
                            ? config(request, path.get(), mac)
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
        if (mac != null && !gate.mayBoot(mac)) {
            return HttpResponse.text(OK, Scripts.waiting(offerings.http()));
        }
        HttpResponse answer = matchbox.answer(request, "/ipxe");
        return followed(request, "/ipxe", mac, Payload.SCRIPT, answer);
    }

    private HttpResponse file(HttpRequest request, String path) throws IOException {
        if (path.startsWith(Nbp.HTTP_PATH)) {
            Payload kind = path.endsWith(".ipxe") ? Payload.SCRIPT : Payload.LOADER;
            return followed(request, path, null, kind, loader(request, path));
        }
        HttpResponse answer =
                gated(path)
                        ? HttpResponse.error(403, Secrets.ONLY_GATED)
                        : matchbox.answer(request, path);
        return path.startsWith(Assets.PREFIX) && !path.endsWith("/")
                ? followed(request, path, null, FileKind.byName(path), answer)
                : answer;
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

    private HttpResponse config(HttpRequest request, String path, @Nullable Mac mac)
            throws IOException, InterruptedException {
        Ip4 peer = request.peer();
        return switch (gate.ask(mac, peer)) {
            case Gate.Decision.Refuse(Mac claimed, String reason) -> {
                reporter.tell(at -> new BootEvent.ConfigRefused(at, claimed, peer, reason));
                yield HttpResponse.error(403, "403 forbidden: " + reason);
            }
            case Gate.Decision.Give(Mac machine, byte[] config) -> {
                HttpResponse answer =
                        config != null && path.equals(GENERIC)
                                ? HttpResponse.of(OK, ContentType.sniff(config), config)
                                : matchbox.answer(own(request, machine), path);
                yield handedOut(request, machine, answer);
            }
            case Gate.Decision.Open _ -> {
                Mac machine = identity.of(peer, mac);
                if (machine != null) {
                    reporter.tell(at -> new BootEvent.ConfigAsked(at, machine, peer));
                }
                yield handedOut(request, machine, matchbox.answer(request, path));
            }
        };
    }

    /// The gate looked at the MAC only, and any other label might choose another machine's group.
    private static HttpRequest own(HttpRequest request, Mac machine) {
        return request.asking(Labels.MAC + "=" + machine);
    }

    /// Tells when the config is out in full.
    private HttpResponse handedOut(
            HttpRequest request, @Nullable Mac machine, HttpResponse answer) {
        if (answer.status() != OK || machine == null || request.head()) {
            return answer;
        }
        return answer.watched(
                new HttpResponse.Watch() {
                    @Override
                    public void ended(boolean complete, long done) {
                        if (complete) {
                            reporter.tell(
                                    at -> new BootEvent.ConfigServed(at, machine, request.peer()));
                        }
                    }
                });
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
                    public void ended(boolean complete, long done) {
                        if (complete) {
                            watch.done();
                        } else {
                            watch.failed("The connection ended after " + done + " bytes.");
                        }
                    }
                });
    }

    private static String reason(HttpResponse answer) {
        return answer.status() == 404
                ? "There is nothing for it in the served folder."
                : answer.body() instanceof HttpBody.Bytes(byte[] text)
                        ? new String(text, StandardCharsets.UTF_8).strip()
                        : "status " + answer.status();
    }
}
