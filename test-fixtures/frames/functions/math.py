from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([(4.0, -2.5), (9.0, 2.5)], ["a", "b"])
df.select(F.sqrt("a"), F.abs("b"), F.round("b"), F.bround("b"), F.ceil("b"), F.floor("b"), F.signum("b")).show()
df.select(F.pow("a", 2), F.pow("a", "b"), F.exp(F.lit(0)), F.log("a"), F.log(2.0, "a"), F.log10("a"), F.log2("a"), F.cbrt("a")).show(truncate=False)
df.select(F.round("b", 0), F.round(F.lit(2.345), 2), F.greatest("a", "b"), F.least("a", "b"), F.pmod(F.lit(-7), F.lit(3)), F.hypot("a", "b")).show(truncate=False)
df.select(F.sin("a"), F.cos("a"), F.atan2("a", "b"), F.degrees(F.lit(0.0)), F.radians(F.lit(180.0)), F.factorial(F.lit(5)), F.rint("b")).show(truncate=8)
df.select(F.bin(F.lit(10)), F.conv(F.lit("ff"), 16, 10), F.shiftleft(F.lit(1), 3), F.shiftright(F.lit(8), 1), F.bitwise_not(F.lit(1)), F.bit_count(F.lit(7)), F.width_bucket("a", F.lit(0.0), F.lit(10.0), F.lit(5)), F.negative("a"), F.positive("a"), F.e(), F.pi()).show()
