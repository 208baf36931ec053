"""A decorator that was printed at the wrong column, and a subclass of what is final."""
from typing import final


@final
class SecurityManager:
    def authenticate(self, username: str, password: str) -> bool:
        return True

@final  # error: 1 [decorator-indent] "Indent it by 4 spaces"
    def validate_token(self, token: str) -> bool:
        return len(token) > 10


class EnhancedSecurityManager(SecurityManager):  # error: [reportGeneralTypeIssues] "final"
    pass
