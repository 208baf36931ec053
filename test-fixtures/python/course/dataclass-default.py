"""None is no list."""
from dataclasses import dataclass, field
from typing import List, Optional


@dataclass
class Person:
    name: str
    email: Optional[str] = None
    skills: List[str] = None  # error: [reportAssignmentType] "None"
    tags: List[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.skills is None:
            self.skills = []
