from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([("1", 2.7, True), ("2", -2.7, False)], ["s", "d", "b"])
df.select(df.s.cast("int"), df.d.cast("int"), df.b.cast("int"), df.d.cast("string")).show()
from pyspark.sql.types import DoubleType, LongType
df.select(df.s.cast(DoubleType()).alias("x"), df.d.cast(LongType())).printSchema()
df.select(df.d.cast("decimal(5,1)"), df.s.astype("bigint")).show()
df.select(F.lit("2024-01-05").cast("date"), F.lit("x").try_cast("int")).show(1)
