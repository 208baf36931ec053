from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
def build(spark):
    return spark.range(3).withColumn("sq", F.col("id") * F.col("id"))


def main():
    result = build(spark)
    result.show()
    print("done", result.count())


if __name__ == "__main__":
    main()
