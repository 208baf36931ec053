from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.createOrReplaceTempView("people")
spark.sql("SELECT name FROM people WHERE age > :low ORDER BY name", args={"low": 30}).show()
spark.sql("SELECT name FROM people WHERE age > ? AND city = ?", args=[20, "Rome"]).show()
spark.sql("SELECT * FROM {t} WHERE age < 30", t=df).show()
