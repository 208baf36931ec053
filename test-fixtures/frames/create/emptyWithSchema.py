from pyspark.sql import SparkSession
from pyspark.sql.types import StructType, StructField, StringType

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([], StructType([StructField("a", StringType(), True)]))
df.show()
print(df.count(), df.isEmpty(), df.first())
spark.createDataFrame([], "x int, y string").printSchema()
