from pyspark.sql import SparkSession
from pyspark.sql.types import *

spark = SparkSession.builder.getOrCreate()
schema = StructType([StructField("id", IntegerType()), StructField("customer", StringType()), StructField("amount", DoubleType()), StructField("bought_on", DateType())])
df = spark.read.csv("purchases.csv", header=True, schema=schema)
df.printSchema()
df.show(3)
spark.read.schema("id INT, customer STRING, amount DOUBLE, bought_on STRING").option("header", "true").csv("purchases.csv").show(2)
spark.read.schema(schema).csv("purchases.csv", header=True).select("amount").show(1)
