from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
left = spark.createDataFrame([(1, "a"), (2, "b"), (3, "c")], ["id", "l"])
right = spark.createDataFrame([(2, "x"), (3, "y"), (3, "z"), (4, "w")], ["id", "r"])
for kind in ["inner", "cross", "outer", "full", "fullouter", "full_outer", "left", "leftouter", "left_outer", "right", "rightouter", "right_outer", "semi", "leftsemi", "left_semi", "anti", "leftanti", "left_anti"]:
    joined = left.join(right, "id", kind)
    print(kind, joined.count())
    joined.orderBy(*joined.columns).show()
