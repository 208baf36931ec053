import pandas as pd
from pyspark.sql import DataFrame, SparkSession

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34)], ["name", "age"])
frame = pd.DataFrame({"name": ["Ann"], "age": [34]})
people.loc[0]  # error: [spark-pandas] "belongs to pandas"
people.iloc[0]  # error: [spark-pandas]
people.shape[0]  # error: [spark-pandas]
people.filter("age > 3").iloc[0:3]  # error: [spark-pandas]
people.values[0]  # error: [spark-pandas]
frame.show()  # error: [spark-pandas] "belongs to Spark"
frame.withColumn("x", 1)  # error: [spark-pandas]
frame.printSchema()  # error: [spark-pandas]
frame.createOrReplaceTempView("v")  # error: [spark-pandas]
pd.read_csv("a.csv").show()  # error: [spark-pandas]
frame.toPandas()  # error: [spark-pandas]
