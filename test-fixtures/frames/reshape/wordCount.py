from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
lines = spark.createDataFrame([("to be or not",), ("to be",)], ["line"])
words = lines.select(F.explode(F.split(F.lower("line"), " ")).alias("word"))
words.groupBy("word").count().orderBy(F.desc("count"), "word").show()
