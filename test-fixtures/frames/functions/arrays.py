from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([([3, 1, 2], [2, 5]), ([], None)], "a array<int>, b array<int>")
df.select(F.size("a"), F.array_contains("a", 1), F.sort_array("a"), F.sort_array("a", asc=False), F.array_max("a"), F.array_min("a"), F.array_distinct("a")).show()
df.select(F.array_union("a", "b"), F.array_intersect("a", "b"), F.array_except("a", "b"), F.arrays_overlap("a", "b"), F.concat("a", "b"), F.array_position("a", 1)).show()
df.select(F.array_join(F.col("a").cast("array<string>"), "-"), F.array_remove("a", 1), F.array_append("a", 9), F.array_prepend("a", 0), F.slice("a", 1, 2), F.element_at("b", 1), F.array_repeat(F.lit("x"), 2)).show()
df.select(F.array("a", "b"), F.flatten(F.array("a", "b")), F.arrays_zip("a", "b"), F.sequence(F.lit(1), F.lit(5), F.lit(2)), F.reverse("a"), F.array_size("a"), F.array_compact("a"), F.array_insert("a", 1, F.lit(7))).show(truncate=False)
df.select(F.array_sort("a"), F.array_sort("a", lambda x, y: F.when(x < y, 1).when(x > y, -1).otherwise(0)), F.get("a", F.lit(0)), F.try_element_at("a", F.lit(5)), F.cardinality("b")).show()
