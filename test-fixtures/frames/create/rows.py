from pyspark.sql import SparkSession
from pyspark.sql import Row

spark = SparkSession.builder.getOrCreate()
Person = Row("name", "age")
df = spark.createDataFrame([Person("Ann", 30), Person("Bo", 25)])
df.show()
spark.createDataFrame([Row(age=1, name="x")]).printSchema()
