"""Exercise 4: types, buffers and Spark in one program. Annotate all of it, and keep its buffers free of copies.

`smoothed` gets a window of values and gives their running means; `packed` and `unpacked` send an array through bytes.

Done when the coverage of this file is 100 %, no checker finds a mistake in it, and `unpacked` makes a view, with
`frombuffer` or in another way: hover the call that makes it, and the one that you replaced.
"""

import struct

import numpy as np
from pyspark.sql import SparkSession
from pyspark.sql.functions import col, udf
from pyspark.sql.types import ArrayType, DoubleType

HEADER = "<IQ"


def packed(values):
    return struct.pack(HEADER, 1, len(values)) + values.tobytes()


def unpacked(message):
    version, count = struct.unpack("<IQ", message[:8])
    return np.array(list(struct.unpack_from(f"<{count}d", message, 12)))


def smoothed(values, window=3):
    padded = np.convolve(values, np.ones(window) / window, mode="valid")
    return padded.tolist()


def main():
    spark = SparkSession.builder.appName("Smoothed").getOrCreate()
    smooth = udf(smoothed, ArrayType(DoubleType()))
    table = spark.read.parquet("large_dataset.parquet")
    table.withColumn("smoothed", smooth(col("values"))).groupBy("category").count().show()
    spark.stop()


if __name__ == "__main__":
    main()
