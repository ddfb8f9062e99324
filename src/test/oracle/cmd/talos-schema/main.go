// talos-schema prints which keys a Talos machine configuration has, in the order they are
// written, and how each is merged: read off the upstream machinery library by reflection.
//
//	# machinery VERSION
//	document KIND TYPE
//	type TYPE
//	KEY FORM [omitempty] [replace]
//
// FORM is string, bool, int, float, any, bytes, text (a scalar with a notation of its own), a
// TYPE, or one of these behind * (may be absent), [] (list) and {} (map by string). A list whose
// entries are merged by a key is [NAME].
package main

import (
	"encoding"
	"flag"
	"fmt"
	"os"
	"reflect"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/siderolabs/talos/pkg/machinery/config/configloader"
)

type (
	yamlMarshaler interface{ MarshalYAML() (any, error) }
	merger        interface{ Merge(other any) error }
)

var (
	seen  = map[reflect.Type]bool{}
	order []reflect.Type
)

// kinds are all documents the library registers; the empty one has no kind.
var kinds = strings.Split(`
BlackholeRouteConfig
BondConfig
BridgeConfig
DHCPv4Config
DHCPv6Config
DummyLinkConfig
EnvironmentConfig
EthernetConfig
EventSinkConfig
ExistingVolumeConfig
ExtensionServiceConfig
ExternalVolumeConfig
HCloudVIPConfig
HostnameConfig
ImageVerificationConfig
KmsgLogConfig
KubeSpanConfig
KubeSpanEndpointsConfig
Layer2VIPConfig
LinkAliasConfig
LinkConfig
NetworkDefaultActionConfig
NetworkRuleConfig
OOMConfig
PCIDriverRebindConfig
RawVolumeConfig
RegistryAuthConfig
RegistryMirrorConfig
RegistryTLSConfig
ResolverConfig
RoutingRuleConfig
SideroLinkConfig
StaticHostConfig
SwapVolumeConfig
TCPProbeConfig
TimeSyncConfig
TrustedRootsConfig
UserVolumeConfig
VLANConfig
VRFConfig
VolumeConfig
WatchdogTimerConfig
WireguardConfig
ZswapConfig
`, "\n")

func main() {
	flag.Parse()

	fmt.Println("# machinery", version())

	for i, kind := range kinds {
		if kind == "" && i > 0 {
			continue
		}

		text := "version: v1alpha1\nmachine: {}\n"
		if kind != "" {
			text = "apiVersion: v1alpha1\nkind: " + kind + "\n"
		}

		p, err := configloader.NewFromBytes([]byte(text))
		if err != nil {
			fmt.Fprintln(os.Stderr, "talos-schema:", kind, err)
			os.Exit(1)
		}

		t := reflect.TypeOf(p.Documents()[0]).Elem()
		fmt.Println("document", kind, name(t))
		visit(t)
	}

	for i := 0; i < len(order); i++ {
		print(order[i])
	}
}

func version() string {
	info, _ := debug.ReadBuildInfo()
	for _, d := range info.Deps {
		if d.Path == "github.com/siderolabs/talos/pkg/machinery" {
			return d.Version
		}
	}

	return "?"
}

func visit(t reflect.Type) {
	if !seen[t] {
		seen[t] = true
		order = append(order, t)
	}
}

func name(t reflect.Type) string {
	return t.String()
}

func print(t reflect.Type) {
	fmt.Println("type", name(t))

	if pem, ok := strings.CutPrefix(name(t), "x509.PEMEncoded"); ok {
		for _, part := range []struct{ word, key string }{{"Certificate", "crt"}, {"Key", "key"}} {
			if strings.Contains(pem, part.word) {
				fmt.Println(part.key, "bytes")
			}
		}

		return
	}

	fields(t)
}

func fields(t reflect.Type) {
	for i := range t.NumField() {
		f := t.Field(i)
		tag := strings.Split(f.Tag.Get("yaml"), ",")

		if slices.Contains(tag[1:], "inline") && f.Type.Kind() == reflect.Struct {
			fields(f.Type)

			continue
		}

		if !f.IsExported() || tag[0] == "-" {
			continue
		}

		key := tag[0]
		if key == "" {
			key = strings.ToLower(f.Name)
		}

		line := key + " " + form(f.Type)
		if slices.Contains(tag[1:], "omitempty") {
			line += " omitempty"
		}

		if f.Tag.Get("merge") != "" {
			line += " " + f.Tag.Get("merge")
		}

		fmt.Println(line)
	}
}

func scalar(t reflect.Type) bool {
	p := reflect.PointerTo(t)

	return p.Implements(reflect.TypeFor[yamlMarshaler]()) || p.Implements(reflect.TypeFor[encoding.TextMarshaler]())
}

func form(t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		return "*" + form(t.Elem())
	}

	merges := reflect.PointerTo(t).Implements(reflect.TypeFor[merger]())

	switch {
	case strings.HasPrefix(name(t), "x509.PEMEncoded"):
		visit(t)

		return name(t)
	case t.Name() == "Base64Bytes" || t.Name() == "StringBytes":
		return "bytes"
	case t.Name() == "Unstructured":
		return "{}any"
	case scalar(t) && merges:
		return "text!"
	case scalar(t):
		return "text:" + name(t)
	case t.Kind() == reflect.Slice && merges:
		return "[" + t.Name() + "]" + form(t.Elem())
	case t.Kind() == reflect.Map && merges:
		return "{" + t.Name() + "}" + form(t.Elem())
	}

	switch t.Kind() { //nolint:exhaustive
	case reflect.Slice:
		return "[]" + form(t.Elem())
	case reflect.Map:
		return "{}" + form(t.Elem())
	case reflect.Struct:
		visit(t)

		return name(t)
	case reflect.Interface:
		return "any"
	case reflect.String, reflect.Bool:
		return t.Kind().String()
	case reflect.Float32, reflect.Float64:
		return "float"
	default:
		if t.String() == "time.Duration" {
			return "duration"
		}

		return "int"
	}
}
