import pandas as pd
from pyspark.sql import DataFrame, SparkSession

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34)], ["name", "age"])
frame = pd.DataFrame({"name": ["Ann"], "age": [34]})
frame.loc[0]
frame.shape[0]
frame.iloc[0]
people.toPandas().loc[0]
people.toPandas().shape
spark.createDataFrame(frame).show()
people.show()
people.select("name").printSchema()
index = people.index
frame.groupby("name").sum()
def f(df):
    return df.loc[0], df.show()
frame.head()
