from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
people.filter(people.city.isNull())
people.filter(F.col("city").isNotNull())
people.filter(people.city.eqNullSafe(None))
value = None
if value == None:
    pass
if people is None:
    pass
if people != None:
    pass
people.fillna({"city": "-"})
people.replace("Rome", None)
F.lit(None)
rows = [row for row in people.collect() if row.city != None]
def h(x):
    return x == None
