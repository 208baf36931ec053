"""An incomplete class is legal, and nothing can be made of it."""
from abc import ABC, abstractmethod


class Animal(ABC):
    @abstractmethod
    def make_sound(self) -> str: ...

    @abstractmethod
    def move(self, distance: float) -> None: ...


class Dog(Animal):
    def make_sound(self) -> str:
        return "Woof!"

    def move(self, distance: float) -> None:
        print(distance)


class Cat(Animal):  # information: 7 [abstract-class] "Animal.move"
    def make_sound(self) -> str:
        return "Meow!"


dog = Dog()
animal = Animal()  # error: [reportAbstractUsage]
