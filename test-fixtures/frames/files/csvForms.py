from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
spark.read.csv("purchases.csv").show(2)
spark.read.csv("purchases.csv", header=True).printSchema()
spark.read.csv("purchases.csv", header=True, inferSchema=True).printSchema()
spark.read.option("header", True).option("inferSchema", "true").csv("purchases.csv").show(3)
spark.read.options(header="true", inferSchema=True).format("csv").load("purchases.csv").count()
spark.read.load("purchases.csv", format="csv", header=True).show(1)
spark.read.csv(["purchases.csv", "purchases.csv"], header=True).count()
