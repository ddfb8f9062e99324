#!/bin/bash
# standin.sh CACHE: makes CACHE/assets/{vmlinuz,initrd}, a Debian kernel and a small start-up system that stands in for Talos.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=$1
kernel=$cache/kernel
# In the order in which they must be loaded.
modules=(virtio_ring virtio virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci failover net_failover virtio_net virtio_blk)
mkdir -p "$cache/assets"
scratch=$(mktemp -d "$cache/new.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

package() { apt-cache depends linux-image-amd64 2>/dev/null | grep -om1 'linux-image-[0-9][^ ]*amd64'; }

download() {
  cd "$scratch"
  [ -n "$(package)" ] && apt-get -qq -o APT::Sandbox::User=root download "$(package)" 2>/dev/null && return
  apt-get -qq update && apt-get -qq -o APT::Sandbox::User=root download "$(package)"
}

if [ ! -d "$kernel" ]; then
  (download)
  mkdir "$scratch/kernel"
  dpkg-deb --fsys-tarfile "$scratch"/linux-image-*.deb |
    tar -x -C "$scratch/kernel" --wildcards './boot/vmlinuz-*' '*/virtio*.ko*' '*failover.ko*'
  mv "$scratch/kernel" "$kernel"
fi

root=$scratch/root
mkdir -p "$root"/{bin,modules,proc,sys,dev,etc}
cp "$(command -v busybox)" "$root/bin/busybox"
install -m 755 "$here/standin.init" "$root/init"
install -m 755 "$here/standin.lease" "$root/etc/lease"
python3 -B "$here/disk.py" "$scratch/installed"
gzip -1 < "$scratch/installed" > "$root/installed.gz"
for i in "${!modules[@]}"; do # newer kernels have some of them built in
  find "$kernel" -name "${modules[i]}.ko*" -exec cp {} "$root/modules/$i-${modules[i]}.ko" \;
done
(cd "$root" && find . | cpio -o -H newc --quiet | gzip -1) > "$scratch/initrd"
mv "$scratch/initrd" "$cache/assets/initrd"
cp "$kernel"/boot/vmlinuz-* "$cache/assets/vmlinuz"
chmod -R a+rX "$cache/assets"
