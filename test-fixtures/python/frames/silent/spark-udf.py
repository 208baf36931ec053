from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
a = F.udf(lambda s: special(s))
b = F.udf(lambda s: s.upper() + s)
c = F.udf(special, "string")
d = F.upper("name")
e = F.udf(lambda s, t: s.upper())
f = F.udf(lambda s: t.upper())
g = F.udf(lambda s: s.encode())
h = F.pandas_udf(lambda s: s.str.upper(), "string")
i = map(lambda s: s.upper(), ["a"])
j = F.udf(lambda s: len(s) + 1, "int")
@F.udf("string")
def k(s):
    return s.upper()
