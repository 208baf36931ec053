from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [(1, {"k": 1, "j": 2}, ("x", 2)), (2, {}, ("y", None))],
    "id int, m map<string,int>, s struct<a:string,b:int>",
)
df.select("id", "s.a", "s.b", F.size("m")).show()
df.printSchema()
df.select("s.*").show()
