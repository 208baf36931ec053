from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame(
    [("Ann", 34, "Rome", 1200.5), ("Bob", 45, "Oslo", 900.25), ("Carla", 29, "Rome", None), ("Dan", 31, None, 450.0)],
    ["name", "age", "city", "pay"],
)
threshold = 30
table = "staff"
people.createOrReplaceTempView(table)
spark.sql(f"SELECT name, age FROM {table} WHERE age > {threshold} ORDER BY age").show()
spark.sql("SELECT count(*) AS n FROM {} WHERE city = '{}'".format(table, "Rome")).show()
for column, function in [("age", F.max), ("pay", F.min), ("city", F.count)]:
    people.select(function(column).alias(f"{column}_value")).show()
for low, high in ((20, 30), (30, 40)):
    print(f"{low} to {high}:", people.filter(F.col("age").between(low, high - 1)).count())
for i, city in enumerate(["Rome", "Oslo"], start=1):
    print(i, city, people.where(f"city = '{city}'").count())
rates = {"Rome": 1.1, "Oslo": 1.2}
for city, rate in rates.items():
    people = people.withColumn("pay", F.when(F.col("city") == city, F.col("pay") * rate).otherwise(F.col("pay")))
people.orderBy("name").show()
