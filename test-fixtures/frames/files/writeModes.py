from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame(
    [("Ann", 34, "Rome", 1200.5), ("Bob", 45, "Oslo", 900.25), ("Carla", 29, "Rome", None), ("Dan", 31, None, 450.0)],
    ["name", "age", "city", "pay"],
)
path = "written_modes"
people.coalesce(1).write.mode("overwrite").parquet(path)
people.limit(1).write.mode("append").parquet(path)
print(spark.read.parquet(path).count())
people.limit(1).write.mode("ignore").parquet(path)
print(spark.read.parquet(path).count())
people.select("name", "age").coalesce(1).write.format("json").mode("overwrite").save("written_json")
spark.read.format("json").load("written_json").orderBy("name").show()
people.write.option("header", True).option("sep", ";").mode("overwrite").csv("written_csv")
spark.read.options(header=True, sep=";", inferSchema=True).csv("written_csv").orderBy("age").show()
people.write.csv("written_csv2", header=True, mode="overwrite", nullValue="NA")
spark.read.csv("written_csv2", header=True, nullValue="NA").orderBy("name").printSchema()
