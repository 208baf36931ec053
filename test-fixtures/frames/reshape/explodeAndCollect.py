from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([(1, ["a", "b"], {"k": 1}), (2, [], {"k": 2, "j": 3}), (3, None, None)], "id int, tags array<string>, m map<string,int>")
df.select("id", F.explode("tags").alias("tag")).show()
df.select("id", F.explode_outer("tags").alias("tag")).show()
df.select("id", F.explode("m")).orderBy("id", "key").show()
exploded = df.withColumn("tag", F.explode("tags"))
exploded.groupBy("id").agg(F.sort_array(F.collect_list("tag")).alias("all")).show()
df.select("id", F.map_keys("m"), F.col("m")["k"], F.col("m").getItem("j").alias("j")).show()
df.select("id", F.transform("tags", lambda t: F.upper(t)).alias("up"), F.filter("tags", lambda t: t != "a").alias("not_a")).show()
