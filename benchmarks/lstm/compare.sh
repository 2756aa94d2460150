#!/bin/sh
# CPU seconds of 100 epochs of the paper's network, Kiln and PyTorch in turns: benchmarks/lstm/compare.sh [RUNS]
# Needs the distribution (./kiln builds it) and Debian's python3-torch; the torch engine joins in where it is installed.
set -eu
root=$(CDPATH='' cd -P "$(dirname "$0")/../.." && pwd)
. "$root/.mvn/jdk25.sh"
kiln_find_jdk
if [ -z "${KILN_TORCH-}" ] && [ -d "$root/lstm/torch/target/engine" ]; then
  export KILN_TORCH="$root/lstm/torch/target/engine"
fi
exec /usr/bin/python3 "$root/benchmarks/lstm/compare.py" \
  "$root/cluster-config/target/kiln/lib/*" "$JAVA_HOME/bin/java" "${1:-5}"
