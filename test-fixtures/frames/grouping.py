"""Groups, windows and views."""
from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
sales = spark.createDataFrame(
    [("a", 1, 10.0), ("a", 2, 20.0), ("b", 1, 5.0), ("b", 2, None), ("c", 1, 7.5)],
    ["shop", "month", "total"],
)
sales.groupBy("shop").count().orderBy("shop").show()
sales.groupBy("shop").agg(
    F.count("*").alias("n"), F.sum("total").alias("s"), F.avg("total"), F.max("month")
).orderBy(F.desc("s")).show()
sales.groupBy("shop").agg({"total": "sum"}).orderBy("shop").show()
sales.groupBy("month").sum("total").orderBy("month").show()
sales.agg(F.min("total"), F.countDistinct("shop"), F.sum(F.when(F.col("month") == 1, 1).otherwise(0)).alias("first")).show()
sales.rollup("shop").agg(F.sum("total").alias("s")).orderBy(F.col("shop").asc_nulls_first()).show()
sales.groupBy("shop").pivot("month", [1, 2]).sum("total").orderBy("shop").show()
window = Window.partitionBy("shop").orderBy(F.desc("total"))
sales.withColumn("rank", F.row_number().over(window)).orderBy("shop", "rank").show()
running = Window.partitionBy("shop").orderBy("month").rowsBetween(Window.unboundedPreceding, Window.currentRow)
sales.select("shop", "month", F.sum("total").over(running).alias("so_far")).orderBy("shop", "month").show()
sales.select("shop", "month", F.lag("total", 1).over(Window.partitionBy("shop").orderBy("month")).alias("before")).orderBy("shop", "month").show()
sales.createOrReplaceTempView("sales")
spark.sql("""
SELECT shop, SUM(total) AS s
FROM sales
GROUP BY shop
HAVING SUM(total) > 6
ORDER BY s DESC
""").show()
spark.table("sales").limit(1).show()


def busiest(frame, count=1):
    return frame.groupBy("month").count().orderBy(F.desc("count"), "month").limit(count)


busiest(sales).show()
for name in ["shop", "month"]:
    print(name, sales.select(name).distinct().count())
print(f"{sales.count()} rows", sales.columns, sales.dtypes)
print(sales.orderBy("shop", "month").head(2), sales.orderBy("shop", "month").first(), sales.isEmpty())
