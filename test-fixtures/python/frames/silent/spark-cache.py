from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
a = people.filter("age > 1").cache()
a.count()
a.show()
b = people.persist()
b.filter("age > 3").show()
c = people.cache()
c.unpersist()
people.cache().count()
def f(df):
    df = df.cache()
    return df
def g():
    made = people.select("name").cache()
    return made
d = people.select("age").cache()
def h():
    return d.count()
people.cache()
people.show()
e = functools.cache(f)
