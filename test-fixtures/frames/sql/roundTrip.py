from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.createOrReplaceTempView("p")
spark.sql("SELECT * FROM p").withColumn("n", F.col("age") + 1).createOrReplaceTempView("q")
spark.sql("SELECT avg(n) FROM q").show()
spark.sql("SELECT name, rank() OVER (ORDER BY age DESC) AS r FROM q").orderBy("r").show()
