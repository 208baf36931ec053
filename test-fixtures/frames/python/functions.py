from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
def clean(frame, low=0):
    """Only those of an age."""
    kept = frame.filter(F.col("age") > low)
    return kept.select("name", "age")


def label(column: str, prefix: str = "p_"):
    return F.concat(F.lit(prefix), F.col(column))


df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
clean(df).show()
clean(df, 30).show()
clean(frame=df, low=40).show()
df.select(label("name"), label("city", prefix="c_")).show()
