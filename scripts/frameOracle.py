"""Runs NAME.py … of a folder in one Spark and prints {"NAME": {"printed": …} or {"error": …}} as the last line.

The working directory is one that scripts may write to; the first argument is the folder of the scripts.
"""
import contextlib
import io
import json
import os
import sys
import traceback

import pyspark
from pyspark.sql import SparkSession

folder, *names = sys.argv[1:]
spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.ui.enabled", "false")
    .config("spark.sql.shuffle.partitions", "1")
    .config("spark.sql.session.timeZone", "UTC")
    .config("spark.ui.showConsoleProgress", "false")
    .config("spark.log.level", "OFF")
    .getOrCreate()
)
# Scripts begin and end their session and its context; all of them have this one.
SparkSession.stop = lambda self: None
context = spark.sparkContext
pyspark.SparkContext.stop = lambda self: None
pyspark.SparkContext.__new__ = lambda cls, *args, **keywords: context
pyspark.SparkContext.__init__ = lambda self, *args, **keywords: None
printed = {}
for name in names:
    output = io.StringIO()
    with open(os.path.join(folder, f"{name}.py"), encoding="utf-8") as file:
        text = file.read()
    try:
        with contextlib.redirect_stdout(output):
            exec(compile(text, f"{name}.py", "exec"), {"__name__": "__main__"})
        printed[name] = {"printed": output.getvalue()}
    except Exception as error:
        printed[name] = {"error": f"{traceback.extract_tb(error.__traceback__)[1].line}: {error}"}
    spark.sql("RESET")
    spark.catalog.clearCache()
    for table in spark.catalog.listTables():
        if table.isTemporary:
            spark.catalog.dropTempView(table.name)
print(json.dumps(printed))
