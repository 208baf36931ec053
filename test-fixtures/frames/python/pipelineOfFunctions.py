from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame(
    [("Ann", 34, "Rome", 1200.5), ("Bob", 45, "Oslo", 900.25), ("Carla", 29, "Rome", None), ("Dan", 31, None, 450.0)],
    ["name", "age", "city", "pay"],
)
from pyspark.sql import DataFrame


def only(df: DataFrame, city: str) -> DataFrame:
    """Those of a city."""
    return df.filter(F.col("city") == city)


def with_band(df, column="age", *, step=10):
    banded = df.withColumn("band", (F.col(column) / step).cast("int") * step)
    return banded


def summarize(df, *keys):
    return df.groupBy(*keys).agg(F.count("*").alias("n"), F.round(F.avg("pay"), 2).alias("pay"))


summarize(with_band(people), "band").orderBy("band").show()
people.transform(only, "Rome").transform(lambda df: with_band(df, step=5)).orderBy("name").show()
result = (
    people
    .transform(with_band)
    .filter("band >= 30")
    .select("name", "band")
)
result.orderBy("name").show()
