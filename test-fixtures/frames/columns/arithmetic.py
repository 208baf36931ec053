from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([(7, 2, 1.5), (-7, 2, 0.0)], ["a", "b", "c"])
df.select(df.a + df.b, df.a - 1, 1 - df.a, df.a * df.b, df.a / df.b, df.a % df.b).show()
df.select(-df.a, df.a ** 2, 2 ** df.b, 10 / df.b, 10 % df.b).show()
df.select((df.a > df.b) & (df.c >= 0), (df.a == 7) | (df.b != 2), ~(df.a <= 0)).show()
df.select(df.a.eqNullSafe(7), df.a.bitwiseAND(3), df.a.bitwiseOR(8), df.a.bitwiseXOR(1)).show()
