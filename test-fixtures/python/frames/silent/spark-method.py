from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
people.agg(F.max("age"))
people.groupBy("city").agg({"age": "max"})
people.subtract(people)
people.exceptAll(people)
spark.sql("SELECT 1 EXCEPT SELECT 2")
text = "df.except(other)"
# df.except(other)
try:
    pass
except (ValueError):
    pass
class Other:
    def agg(self, x): ...
Other().agg(...)
values: tuple[int, ...] = ()
people.groupBy("city").agg(*[F.max("age")])
