"""select, filter, withColumn and what Columns can do."""
from pyspark.sql import SparkSession
import pyspark.sql.functions as F
from pyspark.sql.functions import col, lit, when

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [(1, "x", 10.5, "2024-02-29"), (2, None, None, "2023-12-31"), (3, "abc", -3.0, None)],
    ["id", "text", "amount", "day"],
)
df.select("id", "text").show()
df.select(df["text"], df["id"] + 1, df.id * 2).show()
df.select("*", (col("amount") / 2).alias("half")).show()
df.selectExpr("id", "amount * 2 AS twice", "upper(text)").show()
df.filter(df["id"] > 1).show()
df.filter("amount > 0 AND text = 'x'").show()
df.where(col("text").isNull() | (col("id") == 1)).show()
df.where(~col("text").like("%b%")).select("id").show()
df.where(df.id.between(2, 3) & df.id.isin(1, 3)).select(df.id, (-df.id).alias("minus")).show()
df.withColumn("amount", F.round(col("amount") * 2, 1)).withColumn("one", lit(1)).show()
df.withColumns({"a": lit("q"), "b": F.length("text")}).show()
df.withColumnRenamed("amount", "money").drop("day").show()
df.withColumn("size", when(col("amount") > 5, "big").when(col("amount").isNull(), "none").otherwise("small")).show()
df.select(F.year("day"), F.month("day"), F.to_date("day"), F.date_add(F.to_date("day"), 1).alias("next")).show()
df.select(F.concat_ws("-", "text", lit("z")), F.substring("text", 1, 2), F.coalesce("text", lit("?")).alias("t")).show()
df.select(col("id").cast("string"), col("amount").cast("int"), F.expr("id % 2 = 0")).show()
df.fillna(0.0).fillna({"text": "none"}).show()
df.dropna(subset=["text"]).show()
df.na.drop(how="all").select("id").show()
df.orderBy(col("amount").desc()).select("id").show()
df.sort("text", ascending=False).select("id").show()
df.describe("id", "text").show()
