"""TPC-H's queries on a peer, from its start to its last row: `tpchPeer.py "Apache Spark local[*]"|Sail FOLDER`.

FOLDER has a Parquet file a table and queries.json. The last line of output is {"ran": count, "failed": [...]}.
"""
import json
import pathlib
import sys

name, folder = sys.argv[1], pathlib.Path(sys.argv[2])

if name == "Sail":
    from pysail.spark import SparkConnectServer
    from pyspark.sql.connect.session import SparkSession

    server = SparkConnectServer()
    server.start()
    _, port = server.listening_address
    spark = SparkSession.builder.remote(f"sc://127.0.0.1:{port}").getOrCreate()
else:
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master("local[*]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "8g")
        .config("spark.log.level", "FATAL")
        .getOrCreate()
    )

for path in sorted(folder.glob("*.parquet")):
    spark.read.parquet(str(path)).createOrReplaceTempView(path.stem)
ran, failed = 0, []
for number, query in enumerate(json.loads((folder / "queries.json").read_text()), 1):
    try:
        spark.sql(query).collect()
        ran += 1
    except Exception as error:
        failed.append(f"query {number}: {str(error).splitlines()[0][:120]}")
print(json.dumps({"ran": ran, "failed": failed}), flush=True)
