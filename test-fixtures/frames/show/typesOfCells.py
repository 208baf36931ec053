from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from datetime import date, datetime
from decimal import Decimal

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([(1, 2.0, 1e10, 1e-5, True, date(2024, 1, 1), datetime(2024, 1, 1, 0, 0, 0), Decimal("1.10"), None)], "i int, d double, e double, f double, b boolean, dt date, ts timestamp, dec decimal(5,2), n string")
df.show()
df.show(vertical=True)
df.select(F.lit(float("inf")).alias("inf"), F.lit(float("nan")).alias("nan"), F.lit(-0.0).alias("z"), F.lit(123456789.123).alias("big"), F.col("i").cast("float")).show()
