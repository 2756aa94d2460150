#!/bin/sh
# CPU seconds of training on magic04, Kiln and sklearn in turns: benchmarks/svm/compare.sh [RUNS]
# Needs the distribution (./kiln builds it) and Debian's python3-sklearn.
set -eu
root=$(CDPATH='' cd -P "$(dirname "$0")/../.." && pwd)
. "$root/.mvn/jdk25.sh"
kiln_find_jdk
exec /usr/bin/python3 "$root/benchmarks/svm/compare.py" \
  "$root/cluster-config/target/kiln/lib/*" "$JAVA_HOME/bin/java" "${1:-5}"
