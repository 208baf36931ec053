from pyspark.sql import SparkSession
from pyspark.sql.types import IntegerType

spark = SparkSession.builder.getOrCreate()
spark.createDataFrame([1, 2, 3], IntegerType()).show()
spark.createDataFrame(["a", "b"], "string").show()
spark.createDataFrame([(1,), (2,)], ["n"]).show()
