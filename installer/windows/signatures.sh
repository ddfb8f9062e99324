#!/bin/bash
# signatures.sh RUNTIME: every program and library of the Java runtime must still have the hash its maker signed. Whose
# certificate it is, a Windows PC checks; here the digest and the name.
set -euo pipefail
bad=0 makers=
while read -r file; do
  said=$(osslsigncode verify -CAfile /etc/ssl/certs/ca-certificates.crt -in "$file" 2>&1 || true)
  current=$(sed -n 's/^Current message digest *: //p' <<<"$said" | head -1)
  calculated=$(sed -n 's/^Calculated message digest *: //p' <<<"$said" | head -1)
  if [ -z "$current" ] || [ "$current" != "$calculated" ]; then
    echo "Not as it was signed: $file" >&2
    bad=1
  fi
  makers+=$(sed -n 's/.*Subject: .*CN=\([^,/]*\).*/\1/p' <<<"$said" | head -1)$'\n'
done < <(find "$1" -name '*.dll' -o -name '*.exe')
sort <<<"$makers" | uniq -c
if grep -vxE 'Eclipse Foundation|Microsoft (Corporation|Windows Software Compatibility Publisher|Windows)|' <<<"$makers" >&2; then
  echo "The above signed a part of the runtime, and nobody expects that." >&2
  bad=1
fi
exit $bad
