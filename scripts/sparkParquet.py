"""Writes test-fixtures/spark/data/types.parquet and nested.parquet, as Spark 4.0 writes them: `python scripts/sparkParquet.py`."""
import pathlib
import shutil
import tempfile

from pyspark.sql import SparkSession

folder = pathlib.Path(__file__).parent.parent / "test-fixtures/spark/data"
spark = (
    SparkSession.builder.master("local[1]")
    .config("spark.ui.enabled", "false")
    .config("spark.sql.session.timeZone", "UTC")
    .getOrCreate()
)
queries = {
    "types": """SELECT CAST(a AS TINYINT) byte, CAST(a AS SMALLINT) short, a AS int, CAST(a AS BIGINT) long,
        CAST(a AS FLOAT) / 3F float, CAST(a AS DOUBLE) / 3 double, CAST(a AS DECIMAL(9,2)) small,
        CAST(a AS DECIMAL(38,10)) wide, s AS text, CAST(s AS BINARY) bytes, a > 1 AS flag,
        date_add(DATE'2024-02-28', a) day, TIMESTAMP'2024-03-10 10:00:00.123456' AS instant,
        TIMESTAMP_NTZ'2024-03-10 02:30:00' AS local, CAST(NULL AS INT) nothing
        FROM VALUES (1, 'x'), (2, NULL), (NULL, ''), (-3, 'é') t(a, s)""",
    "nested": """SELECT 1 AS id, named_struct('x', 1, 'y', 'a') AS point, array(1, NULL, 3) AS items,
        map('k', 1.5D) AS pairs, array(named_struct('n', 'deep')) AS list
        UNION ALL SELECT 2, NULL, NULL, NULL, NULL""",
}
for name, query in queries.items():
    with tempfile.TemporaryDirectory() as scratch:
        spark.sql(query).coalesce(1).write.mode("overwrite").parquet(scratch + "/out")
        (part,) = pathlib.Path(scratch, "out").glob("part-*.parquet")
        shutil.copy(part, folder / f"{name}.parquet")
