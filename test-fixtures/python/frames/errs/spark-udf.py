from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome"), ("Bob", 45, None)], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
a = F.udf(lambda s: s.upper())  # hint: [spark-udf] "functions.upper"
b = F.udf(lambda s: s.lower(), "string")  # hint: [spark-udf] "functions.lower"
c = F.udf(lambda s: s.strip())  # hint: [spark-udf] "functions.trim"
d = F.udf(lambda s: len(s), "int")  # hint: [spark-udf] "functions.length"
e = F.udf(lambda x: x.title())  # hint: [spark-udf] "functions.initcap"
f = F.udf(lambda x: x.split(","), "array<string>")  # hint: [spark-udf] "functions.split"
g = F.udf(lambda x: x.replace("a", "b"))  # hint: [spark-udf] "functions.replace"
h = F.udf(lambda x: x.startswith("a"), "boolean")  # hint: [spark-udf] "functions.startswith"
i = F.udf(lambda x: x.upper() if x else None)  # hint: [spark-udf] "functions.upper"
j = F.udf(lambda x: x.lower() if x is not None else None)  # hint: [spark-udf] "functions.lower"
