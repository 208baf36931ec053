"""Runs NAME.py … of this folder in one Spark session and prints {"NAME": standard output} as the last line."""
import contextlib
import io
import json
import sys

from pyspark.sql import SparkSession

spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.ui.enabled", "false")
    .config("spark.sql.shuffle.partitions", "1")
    .config("spark.sql.session.timeZone", "UTC")
    .config("spark.ui.showConsoleProgress", "false")
    .config("spark.log.level", "OFF")
    .getOrCreate()
)
# Scripts end their session; the next one needs it.
SparkSession.stop = lambda self: None
printed = {}
for name in sys.argv[1:]:
    output = io.StringIO()
    with open(f"{name}.py", encoding="utf-8") as file, contextlib.redirect_stdout(output):
        exec(compile(file.read(), f"{name}.py", "exec"), {"__name__": "__main__"})
    printed[name] = output.getvalue()
print(json.dumps(printed))
