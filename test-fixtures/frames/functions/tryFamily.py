from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.range(1)
df.select(F.try_divide(F.lit(1), F.lit(0)), F.try_add(F.lit(2147483647), F.lit(1)), F.try_subtract(F.lit(5), F.lit(2)), F.try_multiply(F.lit(2), F.lit(3)), F.try_to_timestamp(F.lit("x")), F.try_to_number(F.lit("1,2"), F.lit("9,9")), F.try_sum("id"), F.try_avg("id")).show(truncate=False)
