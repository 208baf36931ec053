from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql.window import Window

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("a", 1, 10.0), ("a", 2, 20.0), ("b", 1, 5.0), ("b", 2, None), ("c", 1, 7.5)],
    ["shop", "month", "total"],
)
w = Window.partitionBy("shop").orderBy(F.desc("total"))
df.select("*", F.row_number().over(w).alias("rn"), F.rank().over(w).alias("r"), F.dense_rank().over(w).alias("d"), F.percent_rank().over(w).alias("p"), F.cume_dist().over(w).alias("c"), F.ntile(2).over(w).alias("t")).orderBy("shop", "rn").show()
df.withColumn("rn", F.row_number().over(w)).filter("rn = 1").orderBy("shop").show()
