from pyspark.sql import SparkSession

spark = (
    SparkSession.builder
    .appName("Settings")
    .master("local[*]")
    .config("spark.sql.shuffle.partitions", "4")
    .config("spark.sql.session.timeZone", "UTC")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("ERROR")
spark.conf.set("spark.sql.caseSensitive", "false")
print(spark.conf.get("spark.sql.caseSensitive"))
df = spark.createDataFrame([(1, "a")], ["Id", "Name"])
df.select("id", "NAME").show()
spark.stop()
