from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([(1, None), (2, 2), (None, None)], "a int, b int")
df.select(df.a.eqNullSafe(df.b), df.a == df.b, F.coalesce(df.b, df.a, F.lit(0)), F.nvl("b", "a"), F.ifnull(df.a, F.lit(9)), F.nullif("a", "b")).show()
df.filter(df.a == None).show()
