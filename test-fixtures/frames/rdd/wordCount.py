from pyspark import SparkContext, SparkConf

conf = SparkConf().setAppName("WordCount").setMaster("local[*]")
sc = SparkContext(conf=conf)
sc.parallelize(
    [
        "the play the king the queen the fool",
        "The king the queen king a play",
        "queen and king and fool",
    ]
).saveAsTextFile("shakespeare.txt")

lines = sc.textFile("shakespeare.txt")
words = lines.flatMap(lambda line: line.split(" "))
word_counts = words.map(lambda word: (word.lower(), 1)) \
    .reduceByKey(lambda a, b: a + b)
sorted_counts = word_counts.map(lambda x: (x[1], x[0])) \
    .sortByKey(False) \
    .map(lambda x: (x[1], x[0]))
top_words = sorted_counts.take(2)
for word, count in top_words:
    print(f"{word}: {count}")
for word, count in word_counts.sortBy(lambda pair: (-pair[1], pair[0])).take(20):
    print(f"{word}: {count}")
sc.stop()
