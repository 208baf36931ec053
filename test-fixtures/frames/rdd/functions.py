from pyspark import SparkContext
from operator import add

sc = SparkContext.getOrCreate()


def parse(line):
    fields = line.split(",")
    name, age = fields[0], int(fields[1])
    return (name.strip(), age)


def grade(age):
    if age < 30:
        return "young"
    elif age < 40:
        return "middle"
    return "old"


people = sc.parallelize(["Ann, 34", "Bob,45", "Cy ,29"]).map(parse)
print(people.collect())
print(people.mapValues(grade).collect())
print(people.map(lambda person: person[1]).reduce(add))
print(people.map(lambda person: [person[0], grade(person[1])]).collect())
lines = sc.parallelize(["the cat sat", "on the mat"])
print(lines.map(lambda line: [word.upper() for word in line.split() if len(word) > 2]).collect())
print(lines.flatMap(lambda line: [(word, len(word)) for word in line.split()]).collect())
print(lines.flatMap(lambda line: [c for c in ["a", "b"]]).collect())
print(lines.map(lambda line: sorted(line.split())).collect())
print(lines.map(lambda line: sum([len(word) for word in line.split()])).collect())
limit = 2
print(lines.map(lambda line: len(line.split()) > limit).collect())
print(people.filter(lambda person: person[0] in ("Ann", "Cy") and person[1] > 30).collect())
print(people.map(lambda person: {"name": 1}["name"]).collect())
print(people.takeOrdered(2, key=lambda person: -person[1]), people.top(1, key=lambda p: p[1]))
print(people.values().top(2), people.values().takeOrdered(2))
print(people.aggregate((0, 0), lambda acc, p: (acc[0] + p[1], acc[1] + 1), lambda a, b: (a[0] + b[0], a[1] + b[1])))
print(people.values().fold(0, lambda a, b: a + b), people.isEmpty())
