#!/bin/sh
# The benches of `kiln bench tasks` on Spark, as engine,bench,n,seconds: benchmarks/tasks/spark/run.sh [N]
# Downloads Spark (300 MB) from Maven Central on its first run. Needs a JDK 17 or 21 as java and javac.
set -eu
here=$(CDPATH='' cd -P "$(dirname "$0")" && pwd)
root=$(CDPATH='' cd -P "$here/../../.." && pwd)
target=$root/benchmarks/target/spark
if [ ! -d "$target/jars" ]; then
  "$root/mvnw" -q -B -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$target/jars.new" >&2
  mv "$target/jars.new" "$target/jars"
fi
mkdir -p "$target/classes"
javac -nowarn -d "$target/classes" -cp "$target/jars/*" "$here/SparkTasks.java"
jar cf "$target/jars/spark-tasks.jar" -C "$target/classes" .
# Executors are started from here as from an installed Spark.
SPARK_HOME=$target SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1 exec java -cp "$target/jars/*" \
  -Dspark.local.dir="$target/tmp" -Dlog4j2.level=ERROR \
  $(sed 's/#.*//' "$here/jvm.options") SparkTasks "$@"
