from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
people.filter(people.age > 3 and people.city == "Rome")  # error: [spark-condition] "'and'"
people.filter((F.col("age") > 3) or (F.col("age") < 1))  # error: [spark-condition] "'or'"
people.filter(not people.age > 3)  # error: [spark-condition] "'not'"
people.filter(not F.col("city").isNull())  # error: [spark-condition] "'not'"
people.filter(F.col("city") in ["Rome", "Oslo"])  # error: [spark-condition] "isin"
people.filter(F.col("age") > 3 & F.col("age") < 9)  # error: [spark-condition] "binds closer"
people.filter(people.age == 1 | people.age == 2)  # error: [spark-condition] "binds closer"
people.filter(1 < F.col("age") < 9)  # error: [spark-condition] "between"
people.filter(people["age"] >= 1 & (people["city"] == "Rome"))  # error: [spark-condition] "binds closer"
people.withColumn("x", F.when(people.age > 1 and people.age < 5, 1))  # error: [spark-condition] "'and'"
flag = 1 if F.col("age").isNull() and True else 2  # error: [spark-condition] "'and'"


def f(df: DataFrame, limit: int):
    if df.age > limit:  # error: 8 [spark-condition] "whether it is true"
        return df
    return df.filter(df["age"] > limit and df["age"] < 9)  # error: [spark-condition] "'and'"
