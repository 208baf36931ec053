from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([("a", 1, 2), ("b", 3, None)], ["id", "x", "y"])
df.unpivot("id", ["x", "y"], "key", "value").orderBy("id", "key").show()
df.melt(["id"], None, "k", "v").orderBy("id", "k").show()
df.select("id", F.expr("stack(2, 'x', x, 'y', y) as (k, v)")).orderBy("id", "k").show()
