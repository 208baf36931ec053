# right annotated sound view
import struct

import numpy as np
import numpy.typing as npt
from pyspark.sql import SparkSession
from pyspark.sql.functions import col, udf
from pyspark.sql.types import ArrayType, DoubleType

HEADER = "<IQ"
type Doubles = npt.NDArray[np.float64]


def packed(values: Doubles) -> bytes:
    return struct.pack(HEADER, 1, len(values)) + values.tobytes()


def unpacked(message: bytes) -> Doubles:
    (count,) = struct.unpack_from("<Q", message, 4)
    return np.frombuffer(memoryview(message)[12 : 12 + 8 * count], "<f8")


def smoothed(values: list[float], window: int = 3) -> list[float]:
    padded = np.convolve(values, np.ones(window) / window, mode="valid")
    return padded.tolist()


def main() -> None:
    spark = SparkSession.builder.appName("Smoothed").getOrCreate()
    smooth = udf(smoothed, ArrayType(DoubleType()))
    table = spark.read.parquet("large_dataset.parquet")
    table.withColumn("smoothed", smooth(col("values"))).groupBy("category").count().show()
    spark.stop()


if __name__ == "__main__":
    main()
