#!/bin/bash
# Builds the peers that ours is compared with, into target/peers; without Go it only says so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
PATH=$PATH:/usr/local/go/bin
out=$PWD/../../../target/peers
command -v go >/dev/null || { echo "No Go: not compared with Matchbox (src/test/peers)."; exit 0; }
mkdir -p "$out"
cd matchbox
version=$(go list -m -f '{{.Version}}' github.com/poseidon/matchbox)
go build -ldflags "-X github.com/poseidon/matchbox/matchbox/version.Version=$version" -o "$out/matchbox" github.com/poseidon/matchbox/cmd/matchbox
go build -o "$out/gotemplate" ./gotemplate
