from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
a_one = spark.read.csv("a.csv")
a_two = spark.read.csv("a.csv")  # hint: [spark-reread] "again"
b_one = spark.read.csv("b.csv", header=True)
b_two = spark.read.csv("b.csv", header=True)  # hint: [spark-reread] "again"
c_one = spark.read.csv("c.csv", header=True, inferSchema=True)
c_two = spark.read.csv("c.csv", header=True, inferSchema=True)  # hint: [spark-reread] "again"
d_one = spark.read.csv("d.csv", sep=";")
d_two = spark.read.csv("d.csv", sep=";")  # hint: [spark-reread] "again"
e_one = spark.read.csv("e.csv", schema="x int")
e_two = spark.read.csv("e.csv", schema="x int")  # hint: [spark-reread] "again"
f_one = spark.read.csv("f.csv", header=False)
f_two = spark.read.csv("f.csv", header=False)  # hint: [spark-reread] "again"
g_one = spark.read.csv("g.csv")
g_two = spark.read.csv("g.csv")  # hint: [spark-reread] "again"
h_one = spark.read.csv("h.csv", header=True)
h_two = spark.read.csv("h.csv", header=True)  # hint: [spark-reread] "again"
spark.read.csv("i.csv").show()
spark.read.csv("i.csv").count()  # hint: [spark-reread]
spark.read.option("header", True).csv("j.csv").show()
spark.read.option("header", True).csv("j.csv").count()  # hint: [spark-reread]
