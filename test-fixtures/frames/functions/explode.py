from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([(1, ["a", "b"], {"k": 1}), (2, [], None)], "id int, l array<string>, m map<string,int>")
df.select("id", F.explode("l")).show()
df.select("id", F.explode("l").alias("item")).show()
df.select("id", F.explode_outer("l")).show()
df.select("id", F.posexplode("l")).show()
df.select("id", F.posexplode_outer("l").alias("p", "x")).show()
df.select("id", F.explode("m").alias("key", "value")).show()
df.select("id", F.explode("m")).show()
df.withColumn("one", F.explode(df.l)).drop("m").show()
df.select(F.inline(F.array(F.struct(F.lit(1).alias("a"), F.lit("x").alias("b"))))).show(1)
df.select(F.explode(F.split(F.lit("x y"), " ")).alias("w")).groupBy("w").count().orderBy("w").show()
