#!/bin/sh
# Growth with the rows, and tasks by their data against tasks at random, on node JVMs of one slot each, as two tables in
# Markdown: benchmarks/svm/growth.sh [REPEATS [BLOCK_ROWS [BLOCKS...]]]
# BLOCKS are those of each of two nodes: 6 12 24 48 96 when none is given, with blocks of 1,024 rows 12,288 to 196,608 rows.
# Seconds are the median of REPEATS runs in warm JVMs (3 when not given), after one pass that does not count.
set -eu
root=$(CDPATH='' cd -P "$(dirname "$0")/../.." && pwd)
repeats=${1:-3}
rows=${2:-1024}
kiln=${KILN:-$root/kiln}
[ $# -lt 2 ] && shift $# || shift 2
[ $# -gt 0 ] || set -- 6 12 24 48 96
csv=$(mktemp)
trap 'rm -f "$csv"' EXIT

# Arguments: target, then options; prints the one line of figures.
run() {
  target=$1
  shift
  "$kiln" csvm weak-scaling --block-rows "$rows" --target "$target" --repeats "$repeats" --csv "$csv" "$@" >/dev/null
  tail -n 1 "$csv"
}

# Picks rows, seconds, tasks, bytes, rounds, support vectors, accuracy after two columns of its own.
line() {
  awk -F, -v a="$1" -v b="$2" \
    '{ printf "| %s | %s | %d | %.2f | %d | %d | %d | %d | %.2f %% |\n", a, b, $6, $9, $11, $12, $13, $14, 100 * $15 }'
}

head='rows | seconds | tasks | bytes moved | rounds | support vectors | accuracy |'
printf '| classes | nodes | %s\n|---|---|---|---|---|---|---|---|---|\n' "$head"
for target in binary classes; do
  for blocks; do
    run "$target" --processors 2 --blocks-per-processor "$blocks" --feedback violators --iterations 100 --arity 2 |
      line "$([ $target = binary ] && echo 2 || echo 15)" 2
  done
done
printf '\n| feedback | placement | %s\n|---|---|---|---|---|---|---|---|---|\n' "$head"
for feedback in violators classic; do
  for placement in affinity random; do
    if [ $feedback = violators ]; then limits='--iterations 100'; else limits='--iterations 5'; fi
    # shellcheck disable=SC2086
    run classes --processors 3 --blocks-per-processor 8 --feedback $feedback --placement $placement $limits |
      line $feedback $placement
  done
done
