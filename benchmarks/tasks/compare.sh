#!/bin/sh
# Kiln, TCP, Dask distributed and Spark in one run, as engine,bench,n,seconds: benchmarks/tasks/compare.sh [N] [spark]
# Needs the distribution (./kiln builds it). Dask is left out where Debian's python3-distributed is not installed; Spark
# is asked for, since it is downloaded.
set -eu
root=$(CDPATH='' cd -P "$(dirname "$0")/../.." && pwd)
tasks=${1:-10000}
"$root/kiln" bench tasks --tasks "$tasks" --repeats 3 --nodes 2 --csv
if /usr/bin/python3 -c 'import distributed' 2>/dev/null; then
  /usr/bin/python3 "$root/benchmarks/tasks/dask_tasks.py" "$tasks" | tail -n +2
else
  echo "compare.sh: no Dask here: apt-get install python3-distributed" >&2
fi
if [ "${2-}" = spark ]; then
  "$root/benchmarks/tasks/spark/run.sh" 2000 2>/dev/null || echo "compare.sh: benchmarks/tasks/spark/run.sh failed" >&2
fi
