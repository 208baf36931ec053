from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([("2024-01-31", " Ann lee ", "a,b,c"), ("2023-12-25", "bob", "x")], ["day", "name", "tags"])
df.select(
    F.to_date("day").alias("d"),
    F.year("day"), F.month(F.col("day")), F.dayofweek("day"), F.date_format(F.to_date("day"), "dd/MM/yyyy").alias("f"),
).show()
df.select(F.initcap(F.trim("name")).alias("n"), F.length("name"), F.regexp_replace("name", "[aeiou]", "_").alias("r"), F.substring("name", 1, 3), F.lpad(F.trim("name"), 8, "*").alias("p")).show()
df.select(F.split("tags", ",").alias("t"), F.array_join(F.split("tags", ","), "-").alias("j"), F.array_contains(F.split("tags", ","), "b").alias("has")).show()
df.select(F.add_months("day", 1), F.last_day("day"), F.datediff(F.lit("2024-02-10"), "day").alias("days"), F.date_add("day", 3), F.trunc(F.to_date("day"), "month").alias("m")).show()
df.select(F.months_between(F.to_date(F.lit("2024-03-31")), F.to_date("day")).alias("m"), F.unix_timestamp(F.to_timestamp("day")).alias("u")).show()
