from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
spark.conf.set("spark.sql.session.timeZone", "Europe/Rome")
spark.sql("select timestamp_seconds(0) as t").show()
spark.conf.set("spark.sql.session.timeZone", "UTC")
spark.sql("select timestamp_seconds(0) as t").show()
print(spark.conf.get("spark.sql.session.timeZone"))
print(spark.conf.get("spark.some.key", "fallback"))
