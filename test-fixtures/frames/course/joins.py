from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
employees = spark.createDataFrame([("Ann", 1), ("Bob", 2), ("Cid", 9)], ["name", "dept_id"])
departments = spark.createDataFrame([(1, "IT"), (2, "HR")], ["id", "dept_name"])
employees.join(departments, employees["dept_id"] == departments["id"], "inner").orderBy("name").show()
employees.createOrReplaceTempView("employees")
departments.createOrReplaceTempView("departments")
spark.sql("SELECT e.name, d.dept_name FROM employees e JOIN departments d ON e.dept_id = d.id ORDER BY e.name").show()
from pyspark.sql.functions import broadcast
employees.join(broadcast(departments.withColumnRenamed("id", "dept_id")), "dept_id").orderBy("name").show()
