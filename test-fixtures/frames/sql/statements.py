from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
spark.sql("CREATE OR REPLACE TEMP VIEW nums AS SELECT * FROM VALUES (1, 'a'), (2, 'b') AS t(n, s)")
spark.sql("SELECT * FROM nums").show()
df = spark.sql("SELECT n * 2 AS d FROM nums")
df.filter(df.d > 2).show()
spark.sql("SELECT explode(array(1, 2)) AS x").show()
spark.sql("WITH t AS (SELECT 1 AS a) SELECT a + 1 FROM t").show()
spark.sql("DESCRIBE nums").show()
spark.sql("SHOW VIEWS").show()
