#!/bin/bash
# Builds the peers that ours is compared with, into target/peers; without Go or pip it only says so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
PATH=$PATH:/usr/local/go/bin
out=$PWD/../../../target/peers
mkdir -p "$out"
# Kubernetes' own schemas, and a program that asks them.
python3 -m pip install -q --disable-pip-version-check --root-user-action=ignore --target "$out/kubernetes" --upgrade kubernetes-validate==1.37.0 ||
  echo "No pip: manifests are not checked against Kubernetes' schemas."
command -v go >/dev/null || { echo "No Go: not compared with Matchbox (src/test/peers)."; exit 0; }
cd matchbox
version=$(go list -m -f '{{.Version}}' github.com/poseidon/matchbox)
go build -ldflags "-X github.com/poseidon/matchbox/matchbox/version.Version=$version" -o "$out/matchbox" github.com/poseidon/matchbox/cmd/matchbox
go build -o "$out/gotemplate" ./gotemplate
