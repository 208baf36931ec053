from pyspark.sql import Row, SparkSession

spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext
data = [("Alice", 34), ("Bob", 45), ("Charlie", 29)]
rdd = sc.parallelize(data)
df3 = spark.createDataFrame(rdd, ["name", "age"])
df3.show()
df3.printSchema()
rdd.toDF().show()
rdd.toDF(["who", "years"]).filter("years > 30").show()
rdd.map(lambda person: Row(name=person[0], age=person[1])).toDF().show()
spark.createDataFrame(rdd, "name string, age int").printSchema()
print(df3.rdd.map(lambda row: row.name + "!").collect())
print(df3.rdd.map(lambda row: (row["name"], row[1] + 1)).collect())
print(df3.rdd.collect())
print(df3.select("age").rdd.map(lambda row: row[0]).reduce(lambda a, b: a + b))
print(df3.rdd.map(lambda row: (row.age > 30, 1)).reduceByKey(lambda a, b: a + b).sortByKey().collect())
