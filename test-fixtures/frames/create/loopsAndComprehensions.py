from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
rows = [(i, f"item-{i}", i * 1.5) for i in range(1, 6)]
df = spark.createDataFrame(rows, ["id", "label", "price"])
df.show()
names = ["id", "label"]
df.select(*names).show(2)
df.select([F.col(c).alias(c.upper()) for c in names]).show(1)
for c in ["a", "b"]:
    df = df.withColumn(c, F.lit(c))
df.show(1)
