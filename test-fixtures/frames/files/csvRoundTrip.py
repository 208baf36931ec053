from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [(1, "a", 1.5), (None, "b", None), (3, None, 2.5), (None, None, None)],
    "n int, s string, x double",
)
df.write.csv("gaps_csv", header=True, mode="overwrite")
spark.read.csv("gaps_csv", header=True, inferSchema=True).orderBy("n", "s").show()
df.write.format("csv").option("header", True).option("sep", "|").mode("overwrite").save("gaps_pipe")
spark.read.option("sep", "|").csv("gaps_pipe", header=True).orderBy("n", "s").show()
