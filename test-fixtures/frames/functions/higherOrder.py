from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([([1, 2, 3],), ([4],)], "a array<int>")
df.select(F.transform("a", lambda x: x + 1), F.filter("a", lambda x: x > 1), F.exists("a", lambda x: x == 3), F.forall("a", lambda x: x > 0)).show()
df.select(F.aggregate("a", F.lit(0), lambda acc, x: acc + x), F.transform("a", lambda x, i: x * i), F.zip_with("a", "a", lambda x, y: x * y), F.reduce("a", F.lit(1), lambda acc, x: acc * x)).show()
def double(x):
    return x * 2
df.select(F.transform(F.col("a"), double).alias("d")).show()
