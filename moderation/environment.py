"""Read values from the environment, and collect their errors."""

import re
from collections.abc import Mapping


class SettingsError(ValueError):
    """Settings that cannot work. Each problem says what to do."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class Environment:
    """Reads values from the environment and collects their errors."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env
        self.problems: list[str] = []

    def required(self, name: str, hint: str) -> str:
        """Return the value of a setting without a default."""
        value = self.env.get(name, "")
        if not value:
            self.problems.append(f"{name} is not set: {hint}")
        return value

    def number(self, name: str, default: int) -> int:
        """Return a whole number."""
        value = self.env.get(name, "") or str(default)
        if not value.isdecimal():
            self.problems.append(f"{name} is {value!r}: it must be a whole number")
            return default
        return int(value)

    def seconds(self, name: str, default: float) -> float:
        """A number of seconds."""
        value = self.env.get(name, "") or str(default)
        if not re.fullmatch(r"\d+(\.\d+)?", value, re.ASCII):
            self.problems.append(f"{name} is {value!r}: it must be a number of seconds")
            return default
        return float(value)
