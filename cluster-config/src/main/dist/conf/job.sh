# What kiln-job and kiln-rank share. $KILN_JOB is the folder of the job's run.

now() { date -u +%Y-%m-%dT%H:%M:%S.%3NZ; }

# event WHO TEXT: each writer has a file of its own, since appending from several hosts can lose lines.
event() { echo "$(now) $2" >>"$KILN_JOB/events/$1"; }

# since_submitted: how many seconds lay between the submission and the first task, as a line of the result.
since_submitted() {
  local from to folder=$KILN_JOB
  [ -e "$folder/submitted" ] || folder=${folder%/task-*}
  from=$(sed -n 's/^submitted=//p' "$folder/submitted" 2>/dev/null)
  to=$(cat "$KILN_JOB/first-task" 2>/dev/null)
  [ -n "$from" ] && [ -n "$to" ] || return 0
  LC_ALL=C awk -v from="$(date -d "$from" +%s.%3N)" -v to="$(date -d "$to" +%s.%3N)" \
    'BEGIN { printf "secondsToFirstTask=%.1f\n", to - from }'
}

# conclude CODE CAUSE: writes the result, whole and once. Who comes second is not heard: the first cause counts.
conclude() {
  local draft
  draft=$(mktemp "$KILN_JOB/.result.XXXXXX") || return 0
  printf 'exit=%s\ncause=%s\nended=%s\n' "$1" "$2" "$(now)" >"$draft"
  since_submitted >>"$draft"
  ln "$draft" "$KILN_JOB/result" 2>/dev/null && event job "result: exit $1${2:+, $2}"
  rm -f "$draft"
}

# how CODE FILE: one line of how a process ended, from its exit code and what it last complained of.
how() {
  local said
  said=$(grep -a '^kiln: ' "$2" 2>/dev/null | tail -n 1)
  said=${said#kiln: }
  case $1 in
  0) echo "$said" ;;
  137) echo "it was killed (signal 9), by somebody or for want of memory" ;;
  129 | 13? | 14? | 15?) echo "it was stopped (signal $(($1 - 128)))" ;;
  *) echo "${said:-it ended with exit code $1}" ;;
  esac
}
