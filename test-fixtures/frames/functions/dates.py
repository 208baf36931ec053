from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([("2024-02-29", "2024-03-15 13:45:30"), ("2023-12-31", "2023-01-01 00:00:00")], ["d", "t"])
df = df.withColumn("d", F.to_date("d")).withColumn("t", F.to_timestamp("t"))
df.printSchema()
df.select(F.year("d"), F.month("d"), F.dayofmonth("d"), F.dayofweek("d"), F.dayofyear("d"), F.weekofyear("d"), F.quarter("d")).show()
df.select(F.hour("t"), F.minute("t"), F.second("t"), F.date_format("t", "yyyy/MM/dd HH:mm"), F.trunc("d", "month"), F.date_trunc("hour", "t")).show(truncate=False)
df.select(F.date_add("d", 1), F.date_sub("d", 1), F.add_months("d", 1), F.last_day("d"), F.next_day("d", "Mon"), F.datediff("t", "d"), F.months_between("t", "d")).show(truncate=False)
df.select(F.unix_timestamp("t"), F.from_unixtime(F.lit(0)), F.to_date(F.lit("03/04/2024"), "dd/MM/yyyy"), F.make_date(F.lit(2024), F.lit(5), F.lit(6)), F.weekday("d"), F.dayname("d"), F.monthname("d")).show(truncate=False)
df.select(F.date_part(F.lit("YEAR"), "d"), F.extract(F.lit("MONTH"), "t"), F.unix_date("d"), F.date_from_unix_date(F.lit(1)), F.timestamp_seconds(F.lit(0)), F.to_utc_timestamp("t", "Europe/Rome"), F.from_utc_timestamp("t", "Europe/Rome")).show(truncate=False)
