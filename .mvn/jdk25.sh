# Sourced by ./mvnw and ./kiln: sets JAVA_HOME to a JDK 25 or newer, wherever the machine keeps one.
# The `release` file is read rather than java run: it is a hundred times faster.

kiln_jdk_is_new_enough() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  kiln_feature=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ "${kiln_feature:-0}" -ge 25 ]
}

kiln_find_jdk() {
  if [ -n "${JAVA_HOME-}" ] && kiln_jdk_is_new_enough "$JAVA_HOME"; then
    return 0
  fi
  kiln_on_path=$(command -v javac 2>/dev/null || true)
  if [ -n "$kiln_on_path" ]; then
    kiln_on_path=$(readlink -f "$kiln_on_path" 2>/dev/null || echo "$kiln_on_path")
    kiln_on_path=${kiln_on_path%/bin/javac}
  fi
  if [ -n "${KILN_JVM_DIR-}" ]; then
    set -- "$KILN_JVM_DIR"/*
  else
    set -- /usr/lib/jvm/* \
      "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/* /opt/*jdk* /opt/java/* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home
  fi
  for kiln_jdk in "$kiln_on_path" "$@"; do
    if kiln_jdk_is_new_enough "$kiln_jdk"; then
      JAVA_HOME=$kiln_jdk
      export JAVA_HOME
      return 0
    fi
  done
  echo "kiln: needs a JDK 25 or newer, found none in JAVA_HOME, on PATH or in /usr/lib/jvm; install one (Debian: temurin-25-jdk or openjdk-25-jdk) or set JAVA_HOME" >&2
  return 1
}
