from pyspark.sql import SparkSession
from pyspark.sql.types import StructType, IntegerType, StringType

spark = SparkSession.builder.getOrCreate()
schema = StructType().add("id", IntegerType(), False).add("name", StringType()).add("size", "double")
df = spark.createDataFrame([(1, "a", 2.0)], schema=schema)
df.printSchema()
df.show()
