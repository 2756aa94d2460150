#!/bin/sh
# CPU seconds of training, Kiln and sklearn in turns: benchmarks/svm/compare.sh [RUNS [SET...]]
# Sets: magic04, 20 (24,576 x 20), 784 (20,000 x 784), cold (whole processes on magic04); all when none is named.
# Needs the distribution (./kiln builds it) and Debian's python3-sklearn.
set -eu
root=$(CDPATH='' cd -P "$(dirname "$0")/../.." && pwd)
. "$root/.mvn/jdk25.sh"
kiln_find_jdk
runs=${1:-5}
[ $# -eq 0 ] || shift
exec /usr/bin/python3 "$root/benchmarks/svm/compare.py" \
  "${KILN_CLASSPATH:-$root/cluster-config/target/kiln/lib/*}" "$JAVA_HOME/bin/java" "$runs" "$@"
