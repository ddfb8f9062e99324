package dev.ichor.talos.api;

import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;

import io.grpc.StatusRuntimeException;

import java.io.IOException;
import java.security.cert.CertificateException;

import javax.net.ssl.SSLException;

/// A failed gRPC call in words.
final class Refusals {
    private Refusals() {}

    static IOException of(String node, String call, StatusRuntimeException e) {
        if (isTls(e)) {
            return problem(
                    node + " and Ichor do not trust each other.",
                    "One of the two shows a certificate of another cluster, or a clock is wrong.",
                    "Use this cluster's own secrets, or wipe the machine and install it anew.",
                    e);
        }
        String why = String.valueOf(e.getStatus().getDescription());
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

    private static ProblemException problem(
            String what, String why, String remedy, StatusRuntimeException cause) {
        return new ProblemException(new Problem(what, why, remedy), cause);
    }

    /// A refused handshake; a connection that only broke off is none.
    private static boolean isTls(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof CertificateException
                    || (t instanceof SSLException
                            && t.getMessage() != null
                            && t.getMessage().contains("certificate"))) {
                return true;
            }
        }
        return false;
    }
}
