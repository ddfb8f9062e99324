#!/bin/bash
# deb.sh VERSION FAST|BEST: target/ichor_VERSION_amd64.deb and target/ichor-VERSION-linux-x64.tar.gz from target/ichor, each with
# its own Java. What is missing is told; nothing is installed.
set -euo pipefail
version=${1:?a version} how=${2:?FAST or BEST}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$(cd "$here/../../target" && pwd)
"$here/../need.sh" dpkg-deb:dpkg help2man:help2man rsvg-convert:librsvg2-bin icotool:icoutils convert:imagemagick
work=$target/linux
image=$work/ichor
rm -rf "$work"
mkdir -p "$work"
export SOURCE_DATE_EPOCH=1767225600

jdk=$(for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do [ -x "$home/bin/jlink" ] && grep -qs '^JAVA_VERSION="\(2[5-9]\|[3-9]\)' "$home/release" && echo "$home" && break; done || true)
[ -n "$jdk" ] || { echo "Missing here: a JDK 25 with jlink, in JAVA_HOME or below /usr/lib/jvm." >&2; exit 1; }
cp -r "$target/ichor" "$image"
rm -f "$image/bin/ichor.cmd" "$image"/lib/*.aot
# What JavaFX, MINA, Netty and the log ask for; jdk.crypto.ec is part of java.base, jdk.localedata gives German its dates.
modules=java.desktop,java.logging,java.management,java.naming,java.net.http,java.prefs,java.rmi,java.scripting,java.security.jgss,java.sql,java.xml,jdk.charsets,jdk.httpserver,jdk.jfr,jdk.localedata,jdk.net,jdk.security.auth,jdk.unsupported,jdk.zipfs
"$jdk/bin/jlink" --add-modules $modules --include-locales en,de --strip-debug --no-header-files --no-man-pages --compress zip-0 --output "$image/runtime"
bash "$here/../loaders.sh" "$image/loaders"
bash "$here/../../icons/build.sh" "$work/icons"
cp "$here/../../LICENSE" "$image"
[ -r "$target/THIRD-PARTY.txt" ] && cp "$target/THIRD-PARTY.txt" "$image"

tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -C "$work" -c ichor |
  gzip -n "$([ "$how" = BEST ] && echo -9 || echo -1)" >"$target/ichor-$version-linux-x64.tar.gz"

root=$work/root
mkdir -p "$root"/{DEBIAN,opt,usr/bin,usr/share/applications,usr/share/man/man1}
cp -r "$image" "$root/opt/ichor"
# The one library Java needs before it can say where its others are; see postinst.
mkdir "$root/opt/ichor/runtime/jli"
ln -s ../lib/libjli.so "$root/opt/ichor/runtime/jli/libjli.so"
ln -s /opt/ichor/bin/ichor "$root/usr/bin/ichor"
cp "$here/ichor.desktop" "$root/usr/share/applications"
for size in 16 24 32 48 64 128 256 512; do
  install -Dm644 "$work/icons/ichor-$size.png" "$root/usr/share/icons/hicolor/${size}x$size/apps/ichor.png"
done
manual() { # NAME SENTENCE COMMAND...: a man page of what the command says about itself
  help2man -N --version-string="$version" -n "$2" "${*:3}" | sed "s/^ichor [a-z-]* \\\\-/$1 \\\\-/; s/^\.TH [A-Z]* /.TH ${1^^} /" |
    gzip -9n >"$root/usr/share/man/man1/$1.1.gz"
}
manual ichor "from a drawer of thin clients to a running Talos Kubernetes cluster" "$image/bin/ichor"
# Of each command the first sentence in the list of all.
"$image/bin/ichor" --help | awk '/^Exit/ { on = 0 } on && /^  [a-z]/ { printf "\n%s\t", $1; $1 = "" } on { printf "%s ", $0 } /^Commands:/ { on = 1 } END { print "" }' |
  sed 's/  */ /g; s/\t /\t/; s/\. .*//' | while IFS=$'\t' read -r command sentence; do
  [ -z "$command" ] || manual "ichor-$command" "$sentence" "$image/bin/ichor" "$command"
done
install -m755 "$here/postinst" "$here/prerm" "$root/DEBIAN"
sed "s/@VERSION@/$version/; s/@KB@/$(du -sk "$root" | cut -f1)/" "$here/control" >"$root/DEBIAN/control"
packed=(-Zxz)
[ "$how" = BEST ] || packed=(-Zgzip -z1)
dpkg-deb --root-owner-group "${packed[@]}" --build "$root" "$target/ichor_${version}_amd64.deb" >/dev/null
for file in "$target/ichor_${version}_amd64.deb" "$target/ichor-$version-linux-x64.tar.gz"; do
  echo "$file: $(($(stat -c %s "$file") / 1000000)) MB"
done
