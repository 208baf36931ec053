from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame(
    [("Ann", 34, "Rome"), ("Bob", 45, "Oslo"), ("Carla", 29, "Rome"), ("Dan", 31, None)],
    ["name", "age", "city"],
)
df.select(F.upper("name"), F.lower("name"), F.length("name"), F.initcap("city"), F.reverse("name")).show()
df.select(F.concat("name", F.lit("-"), "city"), F.concat_ws(",", "name", "city"), F.substring("name", 1, 2), F.lpad("name", 6, "*"), F.rpad("name", 6, "-")).show()
df.select(F.trim(F.lit("  x ")), F.ltrim(F.lit("  x ")), F.rtrim(F.lit("  x ")), F.repeat("name", 2), F.instr("name", "n"), F.locate("o", "city")).show()
df.select(F.regexp_replace("name", "[aeiou]", "_"), F.regexp_extract("name", "^(.)", 1), F.translate("name", "ab", "xy"), F.split("name", "n"), F.substring_index("city", "o", 1)).show(truncate=False)
df.select(F.format_string("%s is %d", "name", "age"), F.format_number(F.col("age") * 1000.5, 2), F.ascii("name"), F.soundex("name"), F.levenshtein("name", "city")).show(truncate=False)
