import sqlite3

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34)], ["name", "age"])
table, clause, size = input(), input(), input()
spark.sql("SELECT name FROM anything WHERE age > 3 ORDER BY name;")
spark.sql(f"SELECT name FROM {table} {clause}")
spark.sql(f"{clause} name FROM people")
spark.sql(f"SELECT name FROM people LEFT OUTER {clause} other")
spark.sql(f"SELECT CAST(age AS DECIMAL({size}, 2)) FROM people")
spark.sql(f"SELECT name FROM people WHERE age IN ({clause})")
spark.sql(f"SELECT name FORM {table}")
spark.sql("SELECT name FROM {people} WHERE age > {low}", people=people, low=3)
spark.sql("SELECT name FROM %s WHERE" % table)
spark.sql("SELECT name FROM {} WHERE".format(table))
spark.sql("SELECT name FROM " + table + " WHERE age > 3")
spark.sql("SELECT name FROM people WHERE age > :low", args={"low": 3})
spark.sql("FROM people |> WHERE age > 3 |> SELECT name")
spark.sql("DELETE FROM people WHERE age > 3")
spark.sql("MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN DELETE")
spark.sql("SELECT own_function(name) FROM somewhere")
spark.sql("")
people.filter("age > 3 AND name LIKE 'A%'")
people.selectExpr("age + 1 AS next", "*", "upper(name)")
people.select(F.expr("CASE WHEN age > 1 THEN 'x' ELSE 'y' END AS kind"))
sqlite3.connect("x").execute("SELECT [name] FROM people LIMIT 1, 2")
# sql
OTHER = "SELECT TOP 3 name FROM people"


class Database:
    def sql(self, text: str) -> None: ...


Database().sql("SELEC name")


def anything(session, text: str) -> DataFrame:
    session.sql("SELEC name FORM people")
    return spark.sql(text)


several = "SELECT name FORM"
if table:
    several = "SELECT name FROM people"
spark.sql(several)
