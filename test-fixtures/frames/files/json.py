from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.coalesce(1).write.mode("overwrite").json("people_json")
back = spark.read.json("people_json")
back.printSchema()
back.orderBy("name").show()
spark.read.schema("name string, age int, tall boolean").json("people.json").orderBy("name").show()
spark.read.format("json").load("people_json").count()
