from pyspark.sql import SparkSession
from pyspark.sql.types import *

spark = SparkSession.builder.getOrCreate()
schema = StructType([
    StructField("id", LongType(), False),
    StructField("tags", ArrayType(StringType(), False), True),
    StructField("price", DecimalType(8, 2)),
])
from decimal import Decimal
df = spark.createDataFrame([(1, ["a", "b"], Decimal("12.50")), (2, [], None)], schema)
df.show()
df.printSchema()
print(df.schema)
