from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([([1, None], {"a": None}, (None, "x"), [[1], []])], "l array<int>, m map<string,int>, s struct<a:int,b:string>, ll array<array<int>>")
df.show()
df.show(truncate=False)
df.printSchema()
print(df.collect())
print(df.dtypes)
