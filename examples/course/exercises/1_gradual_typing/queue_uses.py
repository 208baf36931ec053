"""How the queue of exercise 1b is used. Leave this file as it is."""

from priority_queue import PriorityQueue

tasks = PriorityQueue[str]()
tasks.add("write the report", 2)  # fine
tasks.add("call the client", priority=1)  # fine
tasks.add(17, 1)  # wrong
tasks.add("read the mail", "soon")  # wrong

task = tasks.get()
print(task.upper())  # wrong
if task is not None:
    print(task.upper())  # fine
print(len(tasks))  # fine
