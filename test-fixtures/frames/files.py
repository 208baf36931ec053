"""A file from reading to a result, as a small job has it."""
from pyspark.sql import SparkSession
from pyspark.sql.functions import col, month, year

spark = SparkSession.builder.appName("shop").master("local[*]").getOrCreate()
spark.conf.set("spark.sql.shuffle.partitions", 2)
df = spark.read.csv("purchases.csv", header=True, inferSchema=True)
df.printSchema()
purchases = df.filter(col("amount") > 0) \
    .withColumn("bought_in_month", month("bought_on")) \
    .withColumn("bought_in_year", year("bought_on"))
purchases.createOrReplaceTempView("purchases")
by_month = spark.sql("""
SELECT bought_in_year, bought_in_month, COUNT(*) AS n, SUM(amount) AS total
FROM purchases
GROUP BY bought_in_year, bought_in_month
ORDER BY bought_in_year, bought_in_month
""")
print("By month:")
by_month.show(2)
by_month.show()
spark.read.option("header", "true").csv("purchases.csv").orderBy("id").show(1)
spark.read.format("csv").load("purchases.csv").select("_c0", "_c3").show(1)
spark.stop()
