from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([(1.0,), (float("nan"),), (None,)], ["x"])
df.select("x", F.isnan("x"), F.isnull("x"), F.nanvl("x", F.lit(0.0))).show()
df.dropna().show()
df.fillna(0.0).show()
df.filter(F.isnan(df.x)).count()
