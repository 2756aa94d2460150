#!/bin/sh
# CPU seconds of a search for C and gamma, Kiln and sklearn's GridSearchCV in turns: benchmarks/svm/tune.sh [RUNS [ROWS [CS
# [GAMMAS]]]]; the first ROWS of magic04 shuffled (4,000), 5 folds, those of kiln csvm tune in both. sklearn runs in one
# process; of Kiln all threads of the warm JVM count. Needs the distribution (./kiln builds it) and Debian's python3-sklearn.
set -eu
root=$(CDPATH='' cd -P "$(dirname "$0")/../.." && pwd)
. "$root/.mvn/jdk25.sh"
kiln_find_jdk
exec /usr/bin/python3 "$root/benchmarks/svm/tune.py" "${KILN_CLASSPATH:-$root/cluster-config/target/kiln/lib/*}" \
  "$JAVA_HOME/bin/java" "${1:-3}" "${2:-4000}" "${3:-0.1,1,10,100,1000}" "${4:-0.01,0.1,1}"
