from pyspark.sql import SparkSession
from pyspark.sql.functions import col, explode, split

spark = SparkSession.builder.getOrCreate()
lines = spark.read.text("customers.csv")
lines.printSchema()
lines.show(2, truncate=False)
lines.filter(col("value").contains("a")).count()
words = lines.select(explode(split(lines.value, ",")).alias("word"))
words.groupBy("word").count().orderBy(col("count").desc(), "word").show(3)
spark.read.format("text").load("customers.csv").count()
spark.read.text(["customers.csv", "customers.csv"]).count()
spark.read.text("customers.csv", wholetext=True).count()
