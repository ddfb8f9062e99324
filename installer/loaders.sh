#!/bin/bash
# loaders.sh OUT: the stock boot loaders of Debian's packages, with their licences and where their source is.
set -euo pipefail
out=${1:?a folder}
mkdir -p "$out"
files=(/usr/lib/ipxe/{undionly.kpxe,snponly.efi,ipxe.pxe} /boot/{ipxe.efi,ipxe.lkrn} /usr/lib/PXELINUX/lpxelinux.0
  /usr/lib/syslinux/modules/bios/ldlinux.c32)
for file in "${files[@]}"; do
  [ -r "$file" ] && continue
  echo "Missing here: $file. On Debian: apt-get install --no-install-recommends ipxe pxelinux syslinux-common" >&2
  exit 1
done
cp -L "${files[@]}" "$out"
version() { dpkg-query -W -f '${Version}' "$1"; }
# Without the epoch and Debian's own part, as the program compares it.
version ipxe | sed 's/^[0-9]*://' >"$out/VERSION"
cp /usr/share/doc/ipxe/copyright "$out/ipxe-licence.txt"
cp /usr/share/doc/pxelinux/copyright "$out/pxelinux-licence.txt"
cat >"$out/SOURCE.txt" <<EOF
These boot loaders are unchanged files of Debian packages: ipxe $(version ipxe), pxelinux $(version pxelinux) and
syslinux-common $(version syslinux-common). They are free software under the GNU General Public License, version 2 (some
parts: or later); see the licence files here. They run on the machines that boot, not inside Ichor.

Their complete source is what Debian keeps in its snapshot archive under the packages ipxe and syslinux, at the versions
above. Whoever hands on this copy of Ichor also gives you that source on request, for three years, at no more
than the cost of copying.
EOF
