from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
from pyspark.sql.window import Window

df = spark.createDataFrame(
    [("a", 1, 10), ("a", 2, 20), ("a", 3, 5), ("b", 1, 7), ("b", 2, 7)], ["shop", "day", "sold"]
)
by_day = Window.partitionBy("shop").orderBy("day")
df.withColumn("total", F.sum("sold").over(by_day.rowsBetween(Window.unboundedPreceding, Window.currentRow))) \
    .withColumn("moving", F.avg("sold").over(by_day.rowsBetween(-1, 1))) \
    .withColumn("before", F.lag("sold", 1, 0).over(by_day)) \
    .withColumn("change", F.col("sold") - F.lag("sold").over(by_day)) \
    .withColumn("share", F.round(F.col("sold") / F.sum("sold").over(Window.partitionBy("shop")), 2)) \
    .orderBy("shop", "day").show()
ranked = df.withColumn("r", F.row_number().over(Window.partitionBy("shop").orderBy(F.desc("sold"), "day")))
ranked.filter(F.col("r") == 1).drop("r").orderBy("shop").show()
df.select("*", F.ntile(2).over(by_day).alias("half"), F.percent_rank().over(by_day).alias("p"), F.dense_rank().over(Window.orderBy(F.desc("sold"))).alias("d")).orderBy("shop", "day").show()
