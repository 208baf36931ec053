from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([("a,b,c", "Hello World"), ("x", None)], ["p", "q"])
df.select(F.split("p", ",")[0], F.split(df.p, ",", 2), F.size(F.split("p", ",")), F.split_part("p", F.lit(","), F.lit(2))).show()
df.select(F.contains("q", F.lit("World")), F.startswith("q", F.lit("He")), F.endswith(df.q, F.lit("x")), F.left("q", F.lit(3)), F.right("q", F.lit(3))).show()
df.select(F.overlay("q", F.lit("XX"), 2, 3), F.char_length("q"), F.octet_length("q"), F.bit_length("q"), F.btrim(F.lit(" a "))).show()
df.select(F.regexp_count("q", F.lit("o")), F.regexp_like("q", F.lit("^H")), F.regexp_substr("q", F.lit("o.")), F.regexp_instr("q", F.lit("o")), F.regexp_extract_all("q", F.lit("(o)"), 1)).show()
df.select(F.base64(F.encode("p", "UTF-8")), F.hex("p"), F.md5("p"), F.sha2("p", 256), F.crc32("p")).show(truncate=30)
df.select(F.find_in_set(F.lit("b"), "p"), F.position(F.lit("W"), "q"), F.replace("p", F.lit(","), F.lit(";")), F.ucase("p"), F.lcase("q"), F.elt(F.lit(1), "p", "q")).show()
