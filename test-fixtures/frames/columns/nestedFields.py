from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
from pyspark.sql.types import ArrayType, IntegerType, StringType, StructField, StructType

schema = StructType([
    StructField("id", IntegerType(), False),
    StructField("address", StructType([StructField("city", StringType()), StructField("zip", StringType())])),
    StructField("marks", ArrayType(IntegerType())),
])
df = spark.createDataFrame([(1, ("Rome", "001"), [1, 2, 3]), (2, ("Oslo", None), [])], schema)
df.printSchema()
df.select("id", "address.city", F.col("address").getField("zip"), df.address["city"].alias("c")).show()
df.select("id", "address.*").show()
df.withColumn("address", F.col("address").withField("land", F.lit("x"))).show(truncate=False)
df.withColumn("address", F.col("address").dropFields("zip")).printSchema()
df.select(F.size("marks"), F.get("marks", F.lit(0)).alias("first"), F.sort_array("marks", asc=False)).show()
df.select("id", F.explode_outer("marks").alias("mark")).show()
df.select("id", F.posexplode("marks")).show()
