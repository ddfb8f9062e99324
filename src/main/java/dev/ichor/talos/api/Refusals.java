package dev.ichor.talos.api;

import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;

import io.grpc.StatusRuntimeException;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

/// A failed gRPC call in words.
final class Refusals {
    private static final int MAX = 300;

    /// PEM, plain or in Base64 ("LS0tLS1CRUdJTi" is "-----BEGIN"), and whatever else looks like a
    /// key or a token in Base64.
    private static final Pattern KEY =
            Pattern.compile("(?s)-----BEGIN.*?(-----END[^-]*-----|$)|[A-Za-z0-9+/=_-]{40,}");

    private Refusals() {}

    static IOException of(String node, String call, StatusRuntimeException e) {
        if (isTls(e)) {
            return problem(
                    node + " and Ichor do not trust each other.",
                    "One of the two shows a certificate of another cluster, or a clock is wrong.",
                    "Use this cluster's own secrets, or wipe the machine and install it anew.",
                    e);
        }
        String why = bounded(String.valueOf(e.getStatus().getDescription()));
        return switch (e.getStatus().getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED ->
                    problem(
                            node + " does not answer on its Talos API.",
                            why,
                            "Wait until it has started, or look at its screen.",
                            e);
            case PERMISSION_DENIED ->
                    problem(
                            node + " does not allow " + call + ".",
                            "It has no config yet, or the certificate is no administrator's.",
                            "Give the machine its config first.",
                            e);
            default -> problem(node + " refused " + call + ".", why, "", e);
        };
    }

    /// A foreign text as part of a sentence: one line, not long, and no key of a config that a node
    /// may quote.
    static String bounded(String text) {
        String line = KEY.matcher(text).replaceAll("…").replaceAll("\\s+", " ").strip();
        return line.length() <= MAX ? line : line.substring(0, MAX) + "…";
    }

    private static ProblemException problem(
            String what, String why, String remedy, StatusRuntimeException cause) {
        return new ProblemException(new Problem(what, why, remedy), cause);
    }

    /// Whether the node has answered, and will answer the same again.
    static boolean isFinal(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof StatusRuntimeException s) {
                return switch (s.getStatus().getCode()) {
                    case INVALID_ARGUMENT, PERMISSION_DENIED, UNIMPLEMENTED -> true;
                    default -> false;
                };
            }
        }
        return false;
    }

    /// Whether the owner has to know: the node is there and will go on refusing.
    static boolean isTold(Throwable e) {
        return isTls(e);
    }

    /// A refused handshake; a connection that only broke off is none.
    private static boolean isTls(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof CertificateException
                    || (t instanceof SSLException
                            && t.getMessage() != null
                            && (t.getMessage().contains("certificate")
                                    || t.getMessage().contains("unknown_ca")))) {
                return true;
            }
        }
        return false;
    }
}
