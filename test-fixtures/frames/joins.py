"""Two DataFrames: joins of every kind, and set operations."""
from pyspark.sql import SparkSession
from pyspark.sql.functions import broadcast, col

spark = SparkSession.builder.getOrCreate()
left = spark.createDataFrame([(1, "l1"), (2, "l2"), (3, "l3")], ["id", "l"])
right = spark.createDataFrame([(1, "r1"), (3, "r3"), (4, "r4")], ["id", "r"])
for how in ["inner", "left", "right", "outer", "left_semi", "left_anti"]:
    left.join(right, "id", how).orderBy("id").show()
left.join(right, on=["id"]).drop("r").orderBy("id").show()
left.join(right, left.id == right.id).select(left.id, right["r"]).orderBy("r").show()
left.join(broadcast(right), left["id"] < right["id"], "inner").orderBy("l", "r").show()
left.alias("a").join(left.alias("b"), col("a.id") == col("b.id") - 1).select("a.l", "b.l").orderBy(col("a.l")).show()
print(left.crossJoin(right).count())
left.union(right).orderBy("id", "l").show()
left.unionByName(left.select("l", "id")).distinct().orderBy("id").show()
left.select("id").intersect(right.select("id")).orderBy("id").show()
left.select("id").subtract(right.select("id")).show()
left.union(left).dropDuplicates(["id"]).orderBy("id").show()
