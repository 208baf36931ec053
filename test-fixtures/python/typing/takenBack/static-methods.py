"""The name of a static method's parameter is its own affair; those of other methods are checked."""


class Tools:
    @staticmethod
    def first(self: int, other: int) -> int:
        return self + other

    @staticmethod
    def second(cls: type) -> str:
        return cls.__name__

    def third(x) -> None: ...  # error: [reportSelfClsParameterName]
