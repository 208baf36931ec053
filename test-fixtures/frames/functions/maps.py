from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([({"a": 1, "b": 2},), ({},)], "m map<string,int>")
df.select(F.map_keys("m"), F.map_values("m"), F.size("m"), F.map_entries("m"), F.map_contains_key("m", "a")).show(truncate=False)
df.select(F.create_map(F.lit("x"), F.lit(1)), F.map_from_arrays(F.array(F.lit("p")), F.array(F.lit(2))), F.map_concat("m", F.create_map(F.lit("z"), F.lit(9))), F.map_from_entries(F.array(F.struct(F.lit("k"), F.lit(1))))).show(truncate=False)
df.select(F.map_filter("m", lambda k, v: v > 1), F.transform_values("m", lambda k, v: v * 10), F.transform_keys("m", lambda k, v: F.upper(k)), F.map_zip_with("m", "m", lambda k, a, b: a + b)).show(truncate=False)
df.select(F.str_to_map(F.lit("a:1,b:2"), F.lit(","), F.lit(":"))).show(1, False)
