#!/bin/bash
# loaders.sh CACHE: makes CACHE/ipxe, the boot loaders of a Debian newer than this computer's. UEFI from plain TFTP needs
# an iPXE that reads autoexec.ipxe. With lists and settings of its own, so that this computer's stay as they are.
set -euo pipefail
cache=$1
release=trixie
[ -d "$cache/ipxe" ] && exit
mkdir -p "$cache"
scratch=$(mktemp -d "$cache/new.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch"/apt/{lists/partial,cache/archives/partial}
server=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -1)
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $server $release main" > "$scratch/apt/list"
apt() {
  apt-get -qq -o Dir::Etc::sourcelist="$scratch/apt/list" -o Dir::Etc::sourceparts=/dev/null -o Dir::State::lists="$scratch/apt/lists" \
    -o Dir::Cache="$scratch/apt/cache" -o APT::Sandbox::User=root "$@"
}
cd "$scratch"
apt update
apt download ipxe
dpkg-deb -x ipxe_*.deb package
mv package/usr/lib/ipxe "$cache/ipxe"
