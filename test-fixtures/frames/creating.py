"""DataFrames from rows of the script, and how they look."""
from datetime import date
from pyspark.sql import Row, SparkSession
from pyspark.sql.types import IntegerType, StringType, StructField, StructType

spark = SparkSession.builder.appName("creating").getOrCreate()
people = [("Alice", 34), ("Bob", 45), ("Charlie", 29)]
df = spark.createDataFrame(people, ["name", "age"])
df.show()
df.show(2, truncate=False)
df.show(1, vertical=True)
df.printSchema()
schema = StructType([
    StructField("name", StringType(), nullable=False),
    StructField("age", IntegerType(), True),
])
spark.createDataFrame(people, schema).printSchema()
nested = spark.createDataFrame([
    Row(a=1, b="x", c=[1, 2], d={"k": 1.5}, e=date(2024, 2, 29), f=True),
    Row(a=2, b=None, c=[], d={}, e=None, f=False),
    Row(a=3, b="a long text that is cut off by show", c=None, d=None, e=date(1999, 12, 31), f=None),
])
nested.show()
nested.show(truncate=10)
nested.show(truncate=False)
nested.printSchema()
print(nested.collect())
spark.range(3).show()
spark.range(1, 10, 4).show()
df.filter("age > 99").show()
