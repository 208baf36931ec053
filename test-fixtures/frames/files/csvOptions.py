from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
spark.createDataFrame([("1;x",), ("2;NA",)], ["value"]).write.mode("overwrite").text("semi")
spark.read.csv("semi", sep=";", nullValue="NA").orderBy("_c0").show()
spark.read.option("delimiter", ";").schema("a int, b string").csv("semi").orderBy("a").show()
