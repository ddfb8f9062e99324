# What .ci/run and .ci/nightly have in common.
export DEBIAN_FRONTEND=noninteractive

step() { # NAME COMMAND...
  local name=$1 start=$SECONDS result=0
  shift
  echo "== $name"
  "$@" || result=$?
  echo "== $name: $((SECONDS - start)) s$([ $result = 0 ] || echo ", failed")"
  return $result
}

jdk() {
  local home major
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    [ -x "$home/bin/javac" ] && [ -r "$home/release" ] || continue
    major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
    [ "${major:-0}" -lt 25 ] || { echo "JDK $major in $home"; return; }
  done
  echo "No JDK 25 or newer in JAVA_HOME or below /usr/lib/jvm. Install one (for example Temurin 25) and run this again."
  return 1
}
