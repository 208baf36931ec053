import pandas as pd
from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
pandas_df = pd.DataFrame({
    "name": ["Alice", "Bob", "Charlie"],
    "age": [34, 45, 29]
})
df2 = spark.createDataFrame(pandas_df)
df2.show()
df2.printSchema()
spark.createDataFrame(pd.DataFrame([[1, 2.5], [3, 4.5]], columns=["a", "b"])).show()
