from pyspark.sql import SparkSession
import datetime
from datetime import date, datetime as dt

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([(date(2024, 1, 31), dt(2024, 1, 31, 10, 5, 0)), (None, dt(1999, 12, 31, 23, 59, 59, 250000))], ["d", "t"])
df.show(truncate=False)
df.printSchema()
print(df.collect())
spark.createDataFrame([(datetime.date(2020, 2, 29),)], ["d"]).show()
