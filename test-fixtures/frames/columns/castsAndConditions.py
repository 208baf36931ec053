from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame(
    [("Ann", 34, "Rome", 1200.5), ("Bob", 45, "Oslo", 900.25), ("Carla", 29, "Rome", None), ("Dan", 31, None, 450.0)],
    ["name", "age", "city", "pay"],
)
people.select(
    people.age.cast("string").alias("text"), (people.pay * 2).cast("int").alias("twice"),
    F.when(people.age < 30, "young").when(people.age < 40, "middle").otherwise("old").alias("band"),
    people.name.startswith("A"), people.name.substr(1, 2).alias("two"), ~people.city.isNull(),
).show()
people.filter((F.col("age") > 30) & ~(F.col("city") == "Oslo") | F.col("pay").isNull()).orderBy("name").show()
people.filter(people.name.isin("Ann", "Dan") & people.age.between(30, 40)).orderBy(people.age.desc()).show()
people.withColumns({"next": F.col("age") + 1, "up": F.upper("name")}).withColumnRenamed("up", "NAME_2").drop("pay", "city").orderBy("age").show()
people.select(F.col("name").alias("who"), F.lit(1), -people.age, people.age % 7, people.age / 2, people.pay.isNotNull()).show()
people.selectExpr("name", "age * 2 AS double_age", "upper(city)").where("double_age > 60").orderBy(F.expr("double_age").desc()).show()
