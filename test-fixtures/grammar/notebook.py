top = spark.sql("""
                ^^^ punctuation.definition.string.begin.python
    SELECT name, count(*) AS n
    ^^^^^^ keyword.other.query.spark-sql
                 ^^^^^ support.function.spark-sql
    FROM people WHERE city = 'Oslo' -- of one city
                             ^^^^^^ string.quoted.single.spark-sql
                                    ^^ comment.line.double-dash.spark-sql
""").show()
^^^ punctuation.definition.string.end.python
low = spark.sql(f"SELECT * FROM {table} WHERE a = 'x'", args={"b": 1})
                  ^^^^^^ keyword.other.query.spark-sql
                                ^ punctuation.section.interpolation.begin.python
                                 ^^^^^ source.python
                                        ^^^^^ keyword.other.query.spark-sql
                                                  ^^^ string.quoted.single.spark-sql
# sql
  ^^^ comment.line.number-sign.python
query = """SELECT 1 AS one"""
           ^^^^^^ keyword.other.query.spark-sql
after = "SELECT is plain text here"
         ^^^^^^ string.quoted
short = "SELECT 2 AS two"  # sql
         ^^^^^^ keyword.other.query.spark-sql
spark.sql(
    '''
    FROM t |> LIMIT 3
    ^^^^ keyword.other.query.spark-sql
           ^^ keyword.operator.pipe.spark-sql
    '''
)
other.read("SELECT is plain text here too")
            ^^^^^^ string.quoted
