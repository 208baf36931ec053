from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql.window import Window

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("a", 1, 10.0), ("a", 2, 20.0), ("b", 1, 5.0), ("b", 2, None), ("c", 1, 7.5)],
    ["shop", "month", "total"],
)
latest = df.withColumn("rn", F.row_number().over(Window.partitionBy("shop").orderBy(F.col("month").desc()))).where("rn = 1").drop("rn")
latest.orderBy("shop").show()
newest = df.groupBy("shop").agg(F.max("month").alias("month"))
df.join(newest, ["shop", "month"]).orderBy("shop").show()
