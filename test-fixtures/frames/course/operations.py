from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([("Ann", 34, "IT", 5000.0), ("Bob", 45, "HR", 4000.0), ("Cid", 29, "IT", 4500.0)], ["name", "age", "department", "salary"])
df.printSchema()
df.show(5, truncate=False)
print(df.head(3))
df.describe().show()
print(df.count(), df.columns, df.dtypes)
df.select(df["name"], df["age"] + 1).show()
df.selectExpr("name", "age + 1 as increased_age").show()
df.withColumn("age_doubled", df["age"] * 2).show()
df.orderBy(["name", "age"]).show()
from pyspark.sql.functions import count, avg, sum, min, max
df.groupBy("department").agg(count("*").alias("employee_count"), avg("salary").alias("avg_salary"), sum("salary").alias("total_salary")).orderBy("department").show()
df.createOrReplaceTempView("people")
spark.sql("""
    SELECT name, department, salary,
        RANK() OVER (PARTITION BY department ORDER BY salary DESC) AS salary_rank
    FROM people
""").orderBy("department", "salary_rank").show()
spark.sql("""
    SELECT name, CASE WHEN age < 30 THEN 'Young' WHEN age BETWEEN 30 AND 40 THEN 'Middle' ELSE 'Senior' END AS age_group
    FROM people ORDER BY name
""").show()
