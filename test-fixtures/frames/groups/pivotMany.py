from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame(
    [("Ann", 34, "Rome", 1200.5), ("Bob", 45, "Oslo", 900.25), ("Carla", 29, "Rome", None), ("Dan", 31, None, 450.0)],
    ["name", "age", "city", "pay"],
)
sales = spark.createDataFrame(
    [("a", "Jan", 10, 1.5), ("a", "Feb", 20, 2.5), ("b", "Jan", 5, 0.5), ("b", "Mar", 7, 4.0)],
    ["shop", "month", "sold", "cost"],
)
sales.groupBy("shop").pivot("month", ["Jan", "Feb"]).agg(F.sum("sold").alias("s"), F.max("cost").alias("m")).orderBy("shop").show()
sales.groupBy("shop").pivot("month").agg({"sold": "sum"}).orderBy("shop").show()
sales.groupBy("shop").pivot("month").count().na.fill(0).orderBy("shop").show()
sales.groupBy().pivot("month").sum("sold").show()
