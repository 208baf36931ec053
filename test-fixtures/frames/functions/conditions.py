from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [(1, "a", 1.5), (None, "b", None), (3, None, 2.5), (None, None, None)],
    "n int, s string, x double",
)
df.select(F.coalesce("n", F.lit(0)), F.nvl("s", F.lit("-")), F.nvl2("s", F.lit(1), F.lit(2)), F.isnull("n"), F.isnotnull("n"), F.ifnull("n", F.lit(7)), F.nullif("n", F.lit(1)), F.equal_null("n", F.lit(1))).show()
df.select(F.when(F.col("n").isNull(), 0).otherwise(F.col("n")), F.assert_true(F.lit(True)), F.typeof("x"), F.nullifzero(F.lit(0)), F.zeroifnull("n")).show()
