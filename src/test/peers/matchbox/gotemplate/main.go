// gotemplate renders Go templates as Matchbox does: one JSON line in ({"text", "data"}), one out ({"out"} or {"error"}).
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"text/template"
)

type question struct {
	Text string         `json:"text"`
	Data map[string]any `json:"data"`
	// Query becomes .request.query, when there is one.
	Query map[string]string `json:"query"`
}

func render(q question) map[string]string {
	t, err := template.New("").Option("missingkey=error").Parse(q.Text)
	if err != nil {
		return map[string]string{"error": err.Error()}
	}
	if q.Query != nil {
		q.Data["request"] = map[string]any{"query": q.Query, "raw_query": "mac=aa"}
	}
	var out bytes.Buffer
	if err := t.Execute(&out, q.Data); err != nil {
		return map[string]string{"error": err.Error()}
	}
	return map[string]string{"out": out.String()}
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16<<20)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for lines.Scan() {
		var q question
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			panic(err)
		}
		if err := out.Encode(render(q)); err != nil {
			panic(err)
		}
	}
}
