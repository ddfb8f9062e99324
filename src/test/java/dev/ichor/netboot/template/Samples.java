package dev.ichor.netboot.template;

/// What users write, and what Go refuses.
final class Samples {
    static final String[] TEMPLATES = {
        "{{.name}} {{.count}} {{.big}} {{.pi}} {{.yes}} {{.nothing}} {{.list}} {{.map}} {{.small}}",
        "{{if .yes}}a{{else}}b{{end}}{{if .no}}a{{else if .name}}c{{else}}b{{end}}",
        "{{range .list}}<{{.}}>{{end}}{{range .none}}x{{else}}empty{{end}}",
        "{{range $i, $v := .list}}{{$i}}={{$v}} {{end}}{{range $k, $v :="
                + " .map}}{{$k}}:{{$v}};{{end}}",
        "{{with .map}}{{.inner}} {{$.name}}{{end}}{{with .no}}x{{else}}none{{end}}",
        "{{with $x := .map.inner}}{{$x}}{{.}}{{end}}{{with .no}}x{{else with .name}}{{.}}{{end}}",
        "{{$x := 1}}{{$x}}{{$x = .name}}{{$x}}{{if true}}{{$x = 3}}{{$x := 4}}{{$x}}{{end}}{{$x}}",
        "a  {{- .name -}}  b {{/* comment */}} c {{- /* trimmed */ -}} d\n{{-  3 -}}\n {{ -3 }}",
        "{{(index .list 1)}}{{index .map \"inner\"}}[{{index .map \"absent\"}}]{{(.map).inner}}",
        "[{{index .request.query \"absent\"}}]{{index .request.query"
                + " \"mac\"}}{{.request.raw_query}}",
        "{{printf \"%s|%q|%v|%d|%5.2f|%-6s|%06d|%x|%X|%t\" .name .name .map 42 .pi \"ab\" 42 .name"
                + " 255 true}}",
        "{{printf \"%d %s %t %q\" .count .count .name .list}}{{printf \"%d\" .nothing}}{{printf"
                + " \"%v\" .nothing}}",
        "{{printf \"%s\"}}{{printf \"a\" 1 .name}}{{printf \"%z\" 1}}{{printf \"100%%\"}}{{printf"
                + " \"%\"}}",
        "{{printf \"%e %g %G %.3g %.0f %+d % d %#x %#o %b %c %U %08.3f\" .pi .big .small .pi .pi 5"
                + " 5 255 8 5 65 65 .pi}}",
        "{{printf \"%10s|%-10s|%.2s|%5t|%5v|%T %T %T %T\" \"é\" \"é\" \"héllo\" true nil .name"
                + " .count .list .map}}",
        "{{len .name}}{{len .list}}{{len .map}}{{not .yes}}{{not 0}}",
        "{{and .yes .name}} {{and .no .name}} {{or .no .name}} {{or .no 0}}{{if and .yes (eq .name"
                + " \"node\")}}y{{end}}",
        "{{eq .name \"node\"}}{{eq .name \"a\" \"node\"}}{{ne .name \"x\"}}{{lt 1 2}}{{le 2 2}}{{gt"
                + " \"b\" \"a\"}}{{ge 1.5 1.5}}",
        "{{eq .count 3}}",
        "{{eq .count 3.0}}",
        "{{eq .nothing nil}}",
        "{{eq .list .list}}",
        "{{lt .yes true}}",
        "{{.name | printf \"%s-%s\" \"x\" | html}}{{.html | html}}{{.html | js}}{{.html |"
                + " urlquery}}{{html .count 1}}",
        "{{print 1 2 \"a\" \"b\" 3}}{{println .name 1}}{{print}}{{\"quoted \\\"x\\\""
                + " \\u00e9\\n\"}}{{`raw \\n`}}{{'a'}}",
        "{{0x10}} {{1_000}} {{1e3}} {{.5}} {{1.0}} {{-7}} {{+7}} {{017}} {{0b11}} {{0o17}}"
                + " {{1e100}}",
        "{{.missing}}",
        "{{.name.x}}",
        "{{.map.absent}}",
        "{{.nothing.x}}",
        "{{index .list 9}}",
        "{{index .list .count}}",
        "{{nil}}",
        "{{}}",
        "{{ }}",
        "{{if}}x{{end}}",
        "{{if .yes}}",
        "{{end}}",
        "{{else}}",
        "{{.name",
        "{{nope .name}}",
        "{{\"{{\"}}",
        "{{/* a */ }}",
        "{{range 3}}{{.}}{{end}}",
        "{{range .name}}{{.}}{{end}}",
        "{{range .count}}x{{end}}",
        "{{range .list}}{{if eq . \"b\"}}{{continue}}{{end}}{{if eq ."
                + " \"c\"}}{{break}}{{end}}{{.}}{{end}}",
        "{{break}}",
        "{{.name 1}}",
        "{{1 | 2}}",
        "{{.name | .yes}}",
        "{{slice .name 1 3}}{{slice .list 1}}",
        "{{$}}",
        "{{$undefined}}",
        "{{$x, $y := .map}}",
        "{{range $i, $v, $w := .list}}{{end}}",
        "{{(.name)}}{{((1))}}",
        "{{printf 3}}",
        "{{len 3}}",
        "{{len}}",
        "{{not}}",
        "{{eq 1}}",
        "{{and}}",
        "{{\"a\" \"b\"}}",
        "{{true.x}}",
        "{{ .name\n}}\r\n{{- \"x\" -}}\n\n",
        "}} {{.name}}}",
        "{ {{.name}} }",
        "{{{.name}}}",
        "a{{- }}b",
        "{{range $x := .list}}{{$x}}{{else}}{{end}}",
        "{{$n := 0}}{{range .list}}{{$n = len .}}{{end}}{{$n}}",
        "{{.Name}}",
        "{{.name.}}",
        "{{..}}",
        "{{. }}",
        "{{.}}",
        "{{ .map.list }}{{ index .map.list 0 }}",
    };

    private Samples() {}
}
