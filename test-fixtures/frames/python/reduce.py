from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from functools import reduce
from pyspark.sql import DataFrame

spark = SparkSession.builder.getOrCreate()
parts = [spark.range(i, i + 2) for i in range(3)]
reduce(DataFrame.unionAll, parts).orderBy("id").show()
reduce(lambda l, r: l.union(r), parts).count()
condition = reduce(lambda x, y: x & y, [F.col("id") > 0, F.col("id") < 3])
spark.range(5).filter(condition).show()
