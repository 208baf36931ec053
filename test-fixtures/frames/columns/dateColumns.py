from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from datetime import date

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([(date(2024, 2, 29),), (date(2023, 12, 31),)], ["d"])
df.select(df.d + F.expr("interval 1 day"), F.year(df.d), df.d > "2024-01-01", F.date_add(df.d, 1)).show()
df.filter(df.d >= date(2024, 1, 1)).show()
df.filter(F.col("d").between("2023-01-01", "2023-12-31")).show()
