from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
people.filter((people.age > 3) & (people.city == "Rome"))
people.filter((F.col("age") > 3) | (F.col("age") < 1))
people.filter(~(people.age > 3))
people.filter(F.col("city").isin("Rome", "Oslo"))
people.filter(F.col("age").between(3, 9))
people.filter("age > 3 and city = 'Rome'")
if people.count() > 3 and people.columns:
    pass
ready = not people.isEmpty()
wide = "age" in people.columns
size = 1 < len(people.columns) < 9
mask = 6 & 3 == 2
def g(df, flag=None):
    if not flag and df is not None:
        return df
    return df.filter(df.age > 3 and flag)
x = None
y = x and F.lit(1)
people.filter((F.col("age") & 1) == 1)
