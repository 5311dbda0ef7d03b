"""What can go wrong between us and who carries a letter further, and what a carrier does."""

from typing import Protocol

from vitaal.post.models import Letter


class Refused(RuntimeError):
    """The letter will never be accepted."""


class NoSuchAddress(Refused):
    """The letter was refused because its address does not exist."""


class Postponed(RuntimeError):
    """The letter was certainly not accepted now; another attempt may succeed."""


class Unreachable(RuntimeError):
    """There is no one to carry letters now; that is no fault of the letter."""


class Unsure(RuntimeError):
    """The letter was handed over, and no answer came: it may have been accepted."""


class Carrier(Protocol):
    """Takes letters one by one. `offer` may safely be repeated; after `hand_over` began, nothing is certain."""

    def greet(self) -> None:
        """Be ready to carry, as far as that isn't so yet. Raises Unreachable."""

    def offer(self, letter: Letter) -> None:
        """Ask whether the letter is welcome. Raises NoSuchAddress, Refused, Postponed."""

    def withdraw(self) -> None:
        """Take back what was offered: someone else has this letter now."""

    def hand_over(self, letter: Letter) -> None:
        """Give the letter that was offered last. Raises Refused, Postponed (both certain) or Unsure."""

    def close(self) -> None:
        """Say goodbye."""
