from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.range(1)
df.select(F.parse_url(F.lit("https://a.org/p?q=1"), F.lit("HOST")), F.url_encode(F.lit("a b")), F.url_decode(F.lit("a+b"))).show(truncate=False)
