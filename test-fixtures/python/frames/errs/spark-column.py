from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
people.select("nme")  # error: [spark-column] "Did you mean 'name'?"
people.select("name", "agee")  # error: [spark-column] "Did you mean 'age'?"
people.select(people["nam"])  # error: [spark-column] "'nam'"
people.filter(F.col("citty") == "Rome")  # error: [spark-column] "Did you mean 'city'?"
people.filter("agge > 30")  # error: [spark-column] "Did you mean 'age'?"
people.selectExpr("upper(nane)")  # error: [spark-column] "Did you mean 'name'?"
people.withColumn("next", F.col("ages") + 1)  # error: [spark-column] "Did you mean 'age'?"
people.groupBy("citys").count()  # error: [spark-column] "'citys'"
people.groupBy("city").agg(F.sum("agee"))  # error: [spark-column] "Did you mean 'age'?"
people.orderBy("nome")  # error: [spark-column] "Did you mean 'name'?"
people.join(cities, "cty")  # error: [spark-column] "'cty'"
people.select("name").filter(F.col("zzz") > 3)  # error: [spark-column] "'zzz'"
people.drop("name").select("name")  # error: [spark-column] "'name'"
people.createOrReplaceTempView("people")
spark.sql("SELECT nmae FROM people")  # error: 19 [spark-column] "Did you mean 'name'?"
spark.sql(f"SELECT name FROM people WHERE agee > {30}")  # error: 43 [spark-column] "'agee'"
spark.sql("SELECT name " + "FROM people WHERE agge > 1")  # error: 47 [spark-column] "'agge'"
limit = 3
query = f"SELECT name, ctiy FROM people LIMIT {limit}"  # error: 24 [spark-column] "Did you mean 'city'?"
spark.sql(query)
renamed = people.withColumnRenamed("age", "years")
renamed.select("age")  # error: 17 [spark-column] "'age'"
