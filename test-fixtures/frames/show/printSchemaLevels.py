from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([(1, ("x", ("y", 2)))], "id int, s struct<a:string,b:struct<c:string,d:int>>")
df.printSchema()
df.printSchema(1)
df.printSchema(level=2)
