from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34)], ["name", "age"])
spark.sql("SELECT name FORM people")  # error: 29 [spark-sql] "near 'people'"
spark.sql("SELECT name, FROM people")  # error: 25 [spark-sql] "near 'FROM'"
spark.sql("SELECT name FROM people ORDER age")  # error: 36 [spark-sql] "near 'ORDER'"
spark.sql("SELECT name FROM people WHERE")  # error: 36 [spark-sql] "end of input"
spark.sql("SELECT (name FROM people")  # error: 25 [spark-sql] "near 'FROM'"
spark.sql("SELECT CASE WHEN age > 1 THEN 2 FROM people")  # error: 44 [spark-sql] "near 'FROM'"
spark.sql("SELECT TOP 10 name FROM people")  # error: 23 [spark-sql] "near '10'"
spark.sql("SELECT name FROM people; SELECT 1")  # error: 37 [spark-sql] "near 'SELECT'"
# error: 38 [spark-sql] "near 'GROUP'"
spark.sql("""SELECT name FROM people GROUP name
    -- by whom
""")
spark.sql("SELECT 'it''s \u00e9\n', name FORM people")  # error: 47 [spark-sql] "near 'people'"
spark.sql(r"SELECT name FROM people WHERE name RLIKE '\d+' AND")  # error: 60 [spark-sql] "end of input"
query = "SELECT name " + "FROM people WHERE age > 1 ORDER name"  # error: 53 [spark-sql] "near 'ORDER'"
spark.sql(query)
table = input()
spark.sql(f"SELECT name, FROM people CROSS JOIN {table}")  # error: 26 [spark-sql] "near 'FROM'"
people.filter("age >")  # error: 20 [spark-sql] "end of input"
people.where("age = = 3")  # error: 21 [spark-sql] "near '='"
people.selectExpr("age + 1", "age +")  # error: 35 [spark-sql] "end of input"
people.select(F.expr("age age age"))  # error: 31 [spark-sql] "near 'age'"


def report(session: SparkSession, other: DataFrame) -> DataFrame:
    other.filter("x >")  # error: 21 [spark-sql] "end of input"
    return session.sql("SELEC a FROM b")  # error: 25 [spark-sql] "near 'SELEC'"
