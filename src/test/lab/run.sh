#!/bin/bash
# run.sh [SCENARIO...]: boots virtual machines from `ichor serve`, in a small network of its own. See lab.py for the scenarios.
# run.sh faults: everything that keeps one from booting, and what is said about it.
#   ICHOR             the program under test (default target/ichor/bin/ichor)
#   LAB               all = also the slow scenarios; powercut = ten times the return of the power (POWERCUT=0.1 scales its waits)
#   LAB_REQUIRED=1    fail instead of skipping where something is missing
#   PATIENCE=2        factor on the time limits, for a slow or busy computer
#   ICHOR_LAB_PREFIX  name of the network namespaces (default: random)
#   ICHOR_LAB_CACHE   where the downloaded kernel is kept
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
PATH=$PATH:/usr/sbin:/sbin
cd "$here/../../.."

skip() {
  echo "boot lab skipped: $1"
  [ "${LAB_REQUIRED:-0}" = 1 ] && exit 1
  exit 0
}

missing=()
need() { # PACKAGE FILE-OR-COMMAND
  [ -e "$2" ] || command -v "$2" >/dev/null || missing+=("$1")
}
need qemu-system-x86 qemu-system-x86_64
need ovmf /usr/share/OVMF/OVMF_CODE_4M.fd
need ipxe /usr/lib/ipxe/undionly.kpxe
need ipxe-qemu /usr/lib/ipxe/qemu/efi-virtio.rom
need dnsmasq-base dnsmasq
need tcpdump tcpdump
need iproute2 ip
need pxelinux /usr/lib/PXELINUX/lpxelinux.0
need syslinux-common /usr/lib/syslinux/modules/bios/ldlinux.c32
need tftpd-hpa in.tftpd
need busybox-static busybox
need cpio cpio
need curl curl
need python3 python3
need fdisk sfdisk
need mtools mformat
# The start-up system holds no libraries, so a dynamically linked busybox is of no use there.
if command -v busybox >/dev/null && ldd "$(command -v busybox)" >/dev/null 2>&1; then missing+=(busybox-static); fi

[ "$(uname -s)" = Linux ] || skip "it needs Linux"
[ "$(id -u)" = 0 ] || skip "it needs root for its network namespaces"
[ ${#missing[@]} = 0 ] || skip "Debian packages are missing: ${missing[*]}"
[ -c /dev/net/tun ] || skip "this computer has no /dev/net/tun"

export ICHOR=${ICHOR:-$PWD/target/ichor/bin/ichor}
[ -x "${ICHOR%% *}" ] || command -v "${ICHOR%% *}" >/dev/null || skip "${ICHOR%% *} is not there; run mvn package first"

export ICHOR_LAB_CACHE=${ICHOR_LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/ichor-lab}
export ICHOR_LAB_PREFIX=${ICHOR_LAB_PREFIX:-ichor$(od -An -N3 -tx1 /dev/urandom | tr -d ' \n')}
ip netns add "$ICHOR_LAB_PREFIX" 2>/dev/null || skip "this computer allows no network namespaces"
ip netns del "$ICHOR_LAB_PREFIX"
"$here/standin.sh" "$ICHOR_LAB_CACHE" || skip "no Debian kernel to be had (apt-get download linux-image-amd64)"

# Without these two the NAS's scenarios are left out, and the lab says so.
"$here/loaders.sh" "$ICHOR_LAB_CACHE" || true
[ -x target/peers/matchbox ] || bash "$here/../peers/build.sh" || true

exec python3 -B "$here/lab.py" "$@"
