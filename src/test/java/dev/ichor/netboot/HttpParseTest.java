package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.Gen;
import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.cluster.Ip4;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class HttpParseTest {
    private static final String GOOD =
            "GET /ipxe?mac=aa HTTP/1.1\r\nHost: x\r\nRange: bytes=1-2\r\nConnection: close\r\n\r\n";

    @Test
    void a_request_is_read() {
        HttpRequest r = parse(GOOD).orElseThrow();
        assertThat(r.method()).isEqualTo("GET");
        assertThat(r.rawPath()).isEqualTo("/ipxe");
        assertThat(r.rawQuery()).isEqualTo("mac=aa");
        assertThat(r.header("range")).isEqualTo("bytes=1-2");
        assertThat(r.keepAlive()).isFalse();
    }

    @Test
    void http_1_0_closes_unless_it_wishes_otherwise() {
        assertThat(parse("GET / HTTP/1.0\r\n\r\n").orElseThrow().keepAlive()).isFalse();
        assertThat(
                        parse("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")
                                .orElseThrow()
                                .keepAlive())
                .isTrue();
    }

    @Test
    void what_is_no_request_is_empty() {
        assertThat(parse("GET /\r\n\r\n")).isEmpty();
        assertThat(parse("GET / HTTP/2.0\r\n\r\n")).isEmpty();
        assertThat(parse("GET http://x/ HTTP/1.1\r\n\r\n")).isEmpty();
        assertThat(parse("get / HTTP/1.1\r\n\r\n")).isEmpty();
        assertThat(parse("GET / HTTP/1.1\r\nno colon\r\n\r\n")).isEmpty();
        assertThat(parse("GET / HTTP/1.1\r\n folded: x\r\n\r\n")).isEmpty();
        assertThat(parse("\r\n\r\n")).isEmpty();
    }

    @Test
    void mangled_requests_never_throw() {
        byte[] good = GOOD.getBytes(StandardCharsets.ISO_8859_1);
        Gen.check(
                Gen.often(10_000),
                gen -> {
                    byte[] b = gen.mangle(good);
                    HttpRequest.parse(b, b.length, Ip4.NONE)
                            .ifPresent(r -> {
                                Labels.of(r.rawQuery());
                                Percent.decode(r.rawPath(), false);
                                Ranges.of(r.header("range"), 10);
                            });
                });
    }

    @Test
    void mangled_groups_profiles_and_labels_never_throw() {
        String group =
                "{\"id\":\"a\",\"profile\":\"p\",\"selector\":{\"mac\":\"52:54:00:a1:9c:ae\",\"site\":"
                    + "\"x\"},\"metadata\":{\"n\":[1,2.5,null,{\"a\":true}],\"s\":\"t\"}}";
        String profile =
                "{\"id\":\"p\",\"boot\":{\"kernel\":\"/k\",\"initrd\":[\"/i\"],\"args\":[\"a=b\"]},"
                        + "\"generic_id\":\"g\",\"cloud_id\":\"g\",\"ignition_id\":\"g.ign\"}";
        String query = "mac=52-54-00-A1-9C-AE&site=x&uuid=%41+b&=&a=1;b=2";
        Gen.check(
                Gen.often(10_000),
                gen -> {
                    BootTree tree =
                            BootTree.of(
                                    Map.of(
                                            "groups/a.json", mangled(gen, group),
                                            "groups/b.json",
                                                    new Content.Text("{\"profile\":\"p\"}"),
                                            "profiles/p.json", mangled(gen, profile),
                                            "generic/g",
                                                    mangled(gen, "{{.n}}{{range .s}}{{.}}{{end}}"),
                                            "cloud/g", mangled(gen, "#cloud-config\n{{.s}}"),
                                            "ignition/g.ign", mangled(gen, "{\"ignition\":{}}")));
                    String asked =
                            gen.of(
                                    "/ipxe",
                                    "/grub",
                                    "/metadata",
                                    "/generic",
                                    "/cloud",
                                    "/ignition");
                    byte[] labels = gen.mangle(query.getBytes(StandardCharsets.ISO_8859_1));
                    HttpRequest r =
                            parse("GET " + asked + " HTTP/1.1\r\n\r\n")
                                    .orElseThrow()
                                    .asking(new String(labels, StandardCharsets.ISO_8859_1));
                    int status = new Matchbox(tree, (where, what) -> {}).answer(r, asked).status();
                    assertThat(status).isIn(200, 206, 304, 404, 412, 416);
                });
    }

    private static Content mangled(Gen gen, String text) {
        byte[] b = text.getBytes(StandardCharsets.ISO_8859_1);
        return new Content.Text(
                new String(gen.oneIn(3) ? b : gen.mangle(b), StandardCharsets.ISO_8859_1));
    }

    @Test
    void no_path_leads_out_of_assets() {
        BootTree tree =
                BootTree.of(
                        Map.of(
                                "private/secret", new Content.Text("SECRET"),
                                "groups/secret", new Content.Text("SECRET"),
                                "assets/a", new Content.Text("public")));
        Matchbox matchbox = new Matchbox(tree, (where, what) -> {});
        Gen.check(
                10_000,
                gen -> {
                    String path =
                            "/"
                                    + String.join(
                                            "/",
                                            gen.list(
                                                    8,
                                                    g ->
                                                            g.of(
                                                                    "assets",
                                                                    "..",
                                                                    ".",
                                                                    "",
                                                                    "%2e%2e",
                                                                    "%2E.",
                                                                    "groups",
                                                                    "private",
                                                                    "secret",
                                                                    "a",
                                                                    "%2f",
                                                                    "%00",
                                                                    "\\",
                                                                    "generic",
                                                                    "%252e%252e")));
                    HttpRequest r = parse("GET " + path + " HTTP/1.1\r\n\r\n").orElseThrow();
                    Optional<String> decoded = Percent.decode(path, false);
                    if (decoded.isPresent()) {
                        HttpResponse answer = matchbox.answer(r, decoded.get());
                        assertThat(answer.body())
                                .isInstanceOfSatisfying(
                                        HttpBody.Bytes.class,
                                        body ->
                                                assertThat(body.bytes())
                                                        .asString()
                                                        .doesNotContain("SECRET"));
                    }
                });
    }

    @Test
    void one_range_is_cut_out() {
        assertThat(Ranges.of("bytes=2-5", 10)).isEqualTo(part(2, 4));
        assertThat(Ranges.of("bytes=2-", 10)).isEqualTo(part(2, 8));
        assertThat(Ranges.of("bytes=-3", 10)).isEqualTo(part(7, 3));
        assertThat(Ranges.of("bytes=-30", 10)).isEqualTo(part(0, 10));
        assertThat(Ranges.of("bytes=8-99", 10)).isEqualTo(part(8, 2));
        assertThat(Ranges.of("bytes=10-", 10)).isEqualTo(new Ranges.Wish.Outside());
        assertThat(Ranges.of("bytes=5-2", 10)).isEqualTo(new Ranges.Wish.Unreadable());
        assertThat(Ranges.of("", 10)).isEqualTo(new Ranges.Wish.All());
    }

    @Test
    void private_keys_and_admin_configs_are_recognised() throws Exception {
        assertThat(secret("-----BEGIN ED25519 PRIVATE KEY-----\nMC4=\n")).isTrue();
        assertThat(secret("{\"kind\":\"Config\",\"current-context\":\"x\"}")).isTrue();
        assertThat(secret("context: a\ncontexts:\n  a:\n    ca: x\n    crt: x\n    key: x\n"))
                .isTrue();
        assertThat(secret("#cloud-config\nusers:\n  - name: me\n")).isFalse();
        assertThat(secret("version: v1alpha1\nmachine:\n  type: worker\n")).isFalse();
    }

    private static Ranges.Wish part(long from, long length) {
        return new Ranges.Wish.Parts(List.of(new Ranges.Part(from, length)));
    }

    private static boolean secret(String text) throws Exception {
        return Secrets.refusal(new Content.Text(text)).isPresent();
    }

    private static Optional<HttpRequest> parse(String text) {
        byte[] b = text.getBytes(StandardCharsets.ISO_8859_1);
        return HttpRequest.parse(b, b.length, Ip4.NONE);
    }
}
