from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.select(F.expr("CASE WHEN age > 30 THEN 'old' ELSE 'young' END AS g")).show()
df.withColumn("r", F.expr("rank() over (order by age)")).orderBy("r").show()
df.filter(F.expr("length(name) = 3")).show()
