from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
people.show()
shown = people.filter("age > 3")
shown.show()
people.select("name").show(5)
none = print(people.count())
rows = people.take(5)
import matplotlib.pyplot as plt
figure = plt.show()
def show(df):
    df.show()
    return df
again = show(people)
window = object()
x = window.show()
schema = people.printSchema
