from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([("Ann", 1, 1.5), ("Bo", 2, None)], ["name", "n", "x"])
df.show()
df.printSchema()
print(df.columns, df.dtypes)
print(df.schema)
