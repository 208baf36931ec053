"""Named where it would fail."""
import abc
from abc import abstractmethod


class Codec(abc.ABC):
    @abstractmethod
    def encode(self, text: str) -> bytes: ...

    @abstractmethod
    def decode(self, data: bytes) -> str: ...

    @property
    @abstractmethod
    def name(self) -> str: ...


class Half(Codec):  # information: [abstract-class] "decode"
    def encode(self, text: str) -> bytes:
        return text.encode()

    @property
    def name(self) -> str:
        return ""


class Misspelt(Codec):  # information: [abstract-class] "Codec.name"
    def encode(self, text: str) -> bytes:
        return text.encode()

    def decode(self, data: bytes) -> str:
        return data.decode()

    @property
    def nmae(self) -> str:
        return ""


Half()  # error: [reportAbstractUsage]
