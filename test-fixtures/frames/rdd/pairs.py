from pyspark import SparkContext

sc = SparkContext.getOrCreate()
sales = sc.parallelize([("b", 3), ("a", 1), ("b", 4), ("c", 9), ("a", 5)])
print(sales.keys().collect(), sales.values().collect())
print(sales.mapValues(lambda v: v * 10).collect())
print(sales.flatMapValues(lambda v: range(v % 3)).collect())
print(sales.reduceByKey(lambda a, b: a + b).sortByKey().collect())
print(sales.reduceByKey(max).sortByKey().collect())
print(sales.reduceByKey(lambda a, b: a if a < b else b).sortByKey().collect())
print(sales.groupByKey().mapValues(list).sortByKey().collect())
print(sales.groupByKey().mapValues(len).sortByKey(ascending=False).collect())
print(sales.groupByKey().map(lambda kv: (kv[0], sum(kv[1]), max(kv[1]))).sortBy(lambda t: t[0]).collect())
averages = (
    sales.mapValues(lambda v: (v, 1))
    .reduceByKey(lambda a, b: (a[0] + b[0], a[1] + b[1]))
    .mapValues(lambda total: total[0] / total[1])
)
print(averages.sortByKey().collect())
print(
    sales.aggregateByKey(
        (0, 0), lambda acc, v: (acc[0] + v, acc[1] + 1), lambda a, b: (a[0] + b[0], a[1] + b[1])
    )
    .sortByKey()
    .collect()
)
print(
    sales.combineByKey(
        lambda v: (v, 1), lambda acc, v: (acc[0] + v, acc[1] + 1), lambda a, b: (a[0] + b[0], a[1] + b[1])
    )
    .sortByKey()
    .collect()
)
print(sales.foldByKey(0, lambda a, b: a + b).sortByKey().collect())
print(sales.sortByKey().collect())
print(sales.sortByKey(False).collect())
print(sales.sortBy(lambda pair: pair[1], ascending=False).collect())
print(sales.countByKey())
print(dict(sales.countByKey()) if False else sales.countByKey()["a"])
print(sales.collectAsMap())
print(sales.lookup("b"))
print(sales.keyBy(lambda pair: pair[1] % 2).sortByKey().collect())
print(sales.groupBy(lambda pair: pair[0] < "b").mapValues(list).sortByKey().collect())
print(sales.max(key=lambda pair: pair[1]), sales.min(key=lambda pair: pair[1]))
for key, count in sorted(sales.countByKey().items()):
    print(key, count)
for key, count in sorted(sales.countByKey().items(), key=lambda item: item[1], reverse=True):
    print(key, count)
