//go:build tools

// Package matchbox pins the peer that our server is compared with: `go build -o OUT github.com/poseidon/matchbox/cmd/matchbox`.
package matchbox

import _ "github.com/poseidon/matchbox/cmd/matchbox"
