"""Exercise 3: revenue by category and year, from two files, in Parquet.

Run it in the folder that holds the course's files: `strata run exercises/3_pyspark/pipeline.py`.

1. Read transactions.csv with its header and inferred types; keep amounts above zero.
2. Add the year of transaction_date as `year`.
3. Group by product_category and year: `revenue` (the sum, rounded to 2 digits), `sales` (the count),
   `customers` (how many different ones).
4. Write it to output/revenue as Parquet, one folder a year, replacing what was there.
5. Look at the plan (`explain`): is the filter pushed down to the scan, and are only three columns read?
   Read output/revenue again for one year alone: which folders are read?

Done when output/revenue holds the right rows, in folders by year.
"""

from pyspark.sql import SparkSession

spark = SparkSession.builder.appName("Revenue").getOrCreate()

transactions = spark.read.csv("transactions.csv", header=True, inferSchema=True)

transactions.show(5)
