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
    values = memoryview(message)[struct.calcsize(HEADER) :].cast("d")
    return np.asarray(values)


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
