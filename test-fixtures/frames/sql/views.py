from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.createOrReplaceTempView("people")
spark.sql("SELECT city, count(*) AS n FROM people GROUP BY city ORDER BY city").show()
spark.table("people").select("name").show(1)
df.filter("age > 30").createOrReplaceTempView("old")
spark.sql("SELECT p.name FROM people p JOIN old o ON p.name = o.name ORDER BY 1").show()
spark.catalog.dropTempView("old")
df.createTempView("again")
spark.sql("select * from again limit 1").show()
df.createGlobalTempView("g")
spark.sql("select count(*) from global_temp.g").show()
