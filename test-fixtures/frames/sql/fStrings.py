from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.createOrReplaceTempView("people")
limit = 30
column = "age"
spark.sql(f"SELECT name FROM people WHERE {column} > {limit} ORDER BY name").show()
query = "SELECT " + ", ".join(["name", "city"]) + " FROM people"
spark.sql(query + " ORDER BY name").show()
spark.sql("SELECT max({}) FROM people".format(column)).show()
spark.sql("SELECT %s FROM people WHERE age < %d" % (column, 30)).show()
