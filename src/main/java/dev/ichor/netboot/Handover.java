package dev.ichor.netboot;

import dev.ichor.boot.BootEvent;
import dev.ichor.cluster.Hardware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Optional;

/// What each machine is handed by the gate's word: its boot script and its config.
final class Handover {
    static final String GENERIC = "/generic";

    private static final int OK = 200;
    private static final String TOO_OLD = "its processor is too old for Talos (x86-64-v1)";

    private final Matchbox matchbox;
    private final String http;
    private final Gate gate;
    private final Identity identity;
    private final Reporter reporter;
    private final Refusals refusals;
    private final Inspections inspections;

    Handover(Matchbox matchbox, String http, Gate gate, Identity identity, Reporter reporter) {
        this.matchbox = matchbox;
        this.http = http;
        this.gate = gate;
        this.identity = identity;
        this.reporter = reporter;
        this.refusals = new Refusals(reporter);
        this.inspections = new Inspections(reporter);
    }

    /// The answer to `/ipxe`.
    HttpResponse script(HttpRequest request) throws IOException {
        Visitor v = Visitor.of(request);
        Mac mac = v.mac();
        if (mac == null || !gate.decides(mac)) {
            return matchbox.answer(request, "/ipxe");
        }
        Hardware hardware = Inspection.of(Labels.of(request.rawQuery()));
        // Anybody can say a MAC, and what is told here is shown in the machine's row.
        if (isNeighbour(mac, v.from())) {
            inspections.tell(mac, hardware);
        }
        return hardware.cpu() == Hardware.Cpu.V1
                ? HttpResponse.text(OK, Scripts.stop(TOO_OLD))
                : next(request, mac, v);
    }

    private HttpResponse next(HttpRequest request, Mac mac, Visitor v) throws IOException {
        Dispatch.Script script = gate.script(mac, v);
        return switch (script.next()) {
            case NextBoot.Wait(String why) -> HttpResponse.text(OK, Scripts.waiting(http, why));
            case NextBoot.Doubt(String why) -> HttpResponse.text(OK, Scripts.waiting(http, why));
            case NextBoot.Disk(int before) -> HttpResponse.text(OK, Scripts.disk(before));
            case NextBoot.Network _ ->
                    script.token().isEmpty()
                            ? matchbox.answer(request, "/ipxe")
                            : own(request, b -> Scripts.network(b, gate.life(mac), script.token()));
            case NextBoot.Wipe _ -> own(request, Scripts::wipe);
        };
    }

    private HttpResponse own(
            HttpRequest request, java.util.function.UnaryOperator<MatchboxJson.Boot> change)
            throws IOException {
        Optional<MatchboxJson.Boot> boot = matchbox.boot(Labels.of(request.rawQuery()));
        return boot.map(b -> HttpResponse.text(OK, Scripts.again(change.apply(b), http)))
                .orElseGet(HttpResponse::notFound);
    }

    /// The answer to a request for a config.
    ///
    /// @param path decoded
    HttpResponse config(HttpRequest request, String path) throws IOException, InterruptedException {
        Visitor v = Visitor.of(request);
        return switch (gate.ask(v)) {
            case Gate.Decision.Refuse(Mac claimed, String reason) -> {
                refusals.tell(claimed, v.from(), reason);
                yield HttpResponse.error(403, "403 forbidden: " + reason);
            }
            case Gate.Decision.Part(Mac mac, byte[] config) -> part(request, mac, config);
            case Gate.Decision.Give give -> given(request, path, give);
            case Gate.Decision.Open _ -> {
                Mac machine = identity.of(v.from(), v.mac());
                if (machine != null) {
                    reporter.tell(at -> new BootEvent.ConfigAsked(at, machine, v.from()));
                }
                yield handedOut(request, machine, matchbox.answer(request, path), null);
            }
        };
    }

    private HttpResponse given(HttpRequest request, String path, Gate.Decision.Give give)
            throws IOException {
        byte[] config = give.config();
        try {
            HttpResponse answer =
                    config != null && path.equals(GENERIC)
                            ? HttpResponse.of(OK, ContentType.sniff(config), config)
                            : matchbox.answer(own(request, give.mac()), path);
            return handedOut(request, give.mac(), answer, give);
        } catch (IOException | RuntimeException e) {
            broken(give);
            throw e;
        }
    }

    /// The gate looked at the MAC only, and any other label might choose another machine's group.
    private static HttpRequest own(HttpRequest request, Mac machine) {
        return request.asking(Labels.MAC + "=" + machine);
    }

    /// Anybody can say a MAC: only the machine itself is told of.
    private HttpResponse part(HttpRequest request, Mac mac, byte[] config) {
        HttpResponse answer = HttpResponse.of(OK, ContentType.sniff(config), config);
        Ip4 peer = request.peer();
        return request.head() || !isNeighbour(mac, peer)
                ? answer
                : watched(
                        answer,
                        () -> reporter.tell(at -> new BootEvent.PartServed(at, mac, peer)),
                        () -> {});
    }

    private boolean isNeighbour(Mac mac, Ip4 peer) {
        return gate.neighbours().macOf(peer).filter(mac::equals).isPresent();
    }

    private void broken(Gate.Decision.@Nullable Give give) {
        if (give != null) {
            gate.brokeOff(give.mac());
        }
    }

    /// Tells when the config is out in full.
    private HttpResponse handedOut(
            HttpRequest request,
            @Nullable Mac machine,
            HttpResponse answer,
            Gate.Decision.@Nullable Give give) {
        if (answer.status() != OK || machine == null || request.head()) {
            broken(give);
            return answer;
        }
        Ip4 peer = request.peer();
        return watched(
                answer,
                () -> {
                    if (give != null) {
                        byte[] config = give.config();
                        gate.handedOut(machine, config == null ? new byte[0] : config);
                    }
                    reporter.tell(at -> new BootEvent.ConfigServed(at, machine, peer));
                },
                () -> broken(give));
    }

    private static HttpResponse watched(HttpResponse answer, Runnable out, Runnable brokeOff) {
        return answer.watched(
                new HttpResponse.Watch() {
                    @Override
                    public void ended(long done, @Nullable String trouble) {
                        (trouble == null ? out : brokeOff).run();
                    }
                });
    }
}
