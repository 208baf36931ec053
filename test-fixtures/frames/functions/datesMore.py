from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([("2024-01-31 10:00:00",)], ["t"]).select(F.col("t").cast("timestamp").alias("t"))
df.select(F.date_trunc("week", "t"), F.trunc("t", "year"), F.make_timestamp(F.lit(2024), F.lit(1), F.lit(2), F.lit(3), F.lit(4), F.lit(5.5)), F.dateadd("t", 3), F.date_diff("t", F.lit("2024-01-01"))).show(truncate=False)
df.select(F.to_timestamp(F.lit("31.12.2023 08:30"), "dd.MM.yyyy HH:mm"), F.unix_timestamp(F.lit("2024-01-01"), "yyyy-MM-dd"), F.from_unixtime(F.lit(86400), "yyyy-MM-dd"), F.to_char(F.lit(12.5), F.lit("99.9"))).show(truncate=False)
df.select((F.col("t") + F.expr("INTERVAL 2 HOURS")).alias("later"), F.timestamp_millis(F.lit(1000)), F.unix_seconds("t"), F.unix_millis("t")).show(truncate=False)
df.select(F.expr("interval '1 02:03:04.5' day to second").alias("dt"), F.expr("interval 3 hours").alias("h"), F.expr("interval '1-2' year to month").alias("ym"), F.timestamp_add("DAY", F.lit(1), "t"), F.timestamp_diff("HOUR", F.lit("2024-01-31").cast("timestamp"), "t")).show(truncate=False)
