"""Decorators at another column than what they decorate."""
import functools


class Service:
    def first(self) -> int:
        return 1

@property  # error: 1 [decorator-indent] "Indent it by 4 spaces"
    def second(self) -> int:
        return 2

@staticmethod  # error: [decorator-indent] "third"
@functools.cache  # error: [decorator-indent]
    def third() -> int:
        return 3


def after() -> int:
    return Service.third() + Service().second


text = """
@final
    def not_code(): ...
"""


@functools.lru_cache(
    maxsize=3,
)
def brackets() -> int:
    return 1
