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
def freed(day):
    kept = spark.table("sales").filter(day).cache()
    kept.count()
    kept.show()
    kept.unpersist()
def given(day, sinks):
    kept = spark.table("sales").filter(day).cache()
    kept.count()
    sinks.append(kept)
def derived(day):
    kept = spark.table("sales").filter(day).cache()
    kept.count()
    return kept.filter("size > 1")
def all_freed(day):
    kept = spark.table("sales").filter(day).cache()
    kept.show()
    spark.catalog.clearCache()
