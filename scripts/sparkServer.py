"""One Spark session that answers queries: a JSON object a line in, one out, in the same order.

{"settings": {...}}                              from here on; keys that are left out go back to their defaults
{"view": name, "path": ..., "format": ..., "options": {...}}
{"query": text}  ->  {"schema": [[name, type, nullable], ...], "rows": [text, ...]}
                 or  {"error": {"class", "sqlState", "parameters", "start", "stop"}}

Rows are texts as the spark-sql shell prints them. `start` and `stop` are Spark's: zero-based, inclusive.
"""
import json
import os
import re
import sys
import tempfile

# What Spark and the JVM print must not come between the answers.
answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)

from pyspark.errors import PySparkException  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

scratch = tempfile.mkdtemp(prefix="strata-spark-")
spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.ui.enabled", "false")
    .config("spark.driver.memory", "2g")
    .config("spark.sql.shuffle.partitions", "2")
    .config("spark.sql.warehouse.dir", scratch)
    .config("spark.driver.extraJavaOptions", "-Dderby.system.home=" + scratch)
    .config("spark.log.level", "FATAL")
    .getOrCreate()
)
# As the spark-sql shell has it, so that days before 1582 print as they are.
always = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.datetime.java8API.enabled": "true",
}
given = {}


def settle(settings):
    for key in given:
        if key not in settings:
            spark.conf.unset(key)
    given.clear()
    given.update(settings)
    for key, value in {**always, **settings}.items():
        spark.conf.set(key, value)


def define(request):
    reader = spark.read.format(request["format"])
    for key, value in request.get("options", {}).items():
        reader = reader.option(key, value)
    reader.load(request["path"]).createOrReplaceTempView(request["view"])


def run(text):
    frame = spark.sql(text)
    schema = [[f.name, f.dataType.simpleString(), f.nullable] for f in frame.schema.fields]
    hive = spark._jvm.org.apache.spark.sql.execution.HiveResult
    rows = hive.hiveResultString(frame._jdf.queryExecution().executedPlan())
    return {"schema": schema, "rows": [rows.apply(i) for i in range(rows.size())]}


def problem(error):
    name = error.getCondition()
    found = {"class": name, "sqlState": error.getSqlState()}
    if name is None:
        return {**found, "message": str(error)[:300]}
    found["parameters"] = error.getMessageParameters() or {}
    contexts = error.getQueryContext() or []
    if contexts:
        try:
            found["start"] = contexts[0].startIndex()
            found["stop"] = contexts[0].stopIndex()
        except Exception:
            pass
    return found


def answer(request):
    try:
        if "settings" in request:
            settle(request["settings"])
            return {}
        if "view" in request:
            define(request)
            return {}
        return run(request["query"])
    except PySparkException as error:
        return {"error": problem(error)}
    except Exception as error:
        # What is thrown while rows are read comes through as Java has it.
        found = re.search(r"\[([A-Z][A-Z0-9_]+(?:\.[A-Z0-9_]+)?)\]", str(error))
        name = found.group(1) if found else None
        return {"error": {"class": name, "message": f"{type(error).__name__}: {str(error)[:400]}"}}


settle({})
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line)), ensure_ascii=False), file=answers, flush=True)
