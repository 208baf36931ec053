from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([([1, 2, 3], {"a": 1}, ("x", 5))], "l array<int>, m map<string,int>, s struct<p:string,q:int>")
df.select(df.l[0], df.l.getItem(1), df.m["a"], df.m.getItem("a"), df.s.p, df.s["q"], df.s.getField("q")).show()
df.select("s.p", F.col("s.q"), F.col("m")["a"].alias("v")).show()
df.select(F.element_at("l", -1), F.element_at("m", "a")).show()
