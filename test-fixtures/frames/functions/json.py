from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([('{"a": 1, "b": "x"}',), ("bad",)], ["j"])
df.select(F.get_json_object("j", "$.a"), F.from_json("j", "a int, b string")).show(truncate=False)
from pyspark.sql.types import StructType, StructField, IntegerType
df.select(F.from_json("j", StructType([StructField("a", IntegerType())])).alias("s")).select("s.a").show()
df.select(F.to_json(F.struct(F.lit(1).alias("p"), F.lit("q").alias("r"))).alias("text"), F.json_tuple(F.lit('{"a":1,"b":2}'), "a", "b")).show(1, False)
df.select(F.schema_of_json(F.lit('{"a": 1}')), F.json_array_length(F.lit("[1,2]")), F.json_object_keys(F.lit('{"a":1}'))).show(1, False)
df.select(F.from_csv(F.lit("1,x"), "a int, b string"), F.to_csv(F.struct(F.lit(1), F.lit("z"))), F.schema_of_csv(F.lit("1,a"))).show(1, False)
