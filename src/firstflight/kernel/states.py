# SPDX-License-Identifier: Apache-2.0
"""A state machine as a table of moves that can be read aloud; it owns no state itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from firstflight.kernel.errors import MoveRefused


@dataclass(frozen=True)
class Machine:
    """Named moves: `moves[old]` is the set of states that may follow `old`."""

    name: str
    moves: Mapping[str, frozenset[str]]

    def allows(self, old: str, new: str) -> bool:
        """Whether `old` may become `new`."""
        return new in self.moves.get(old, frozenset())

    def check(self, old: str, new: str) -> None:
        """Raise `MoveRefused` unless `old` may become `new`."""
        if not self.allows(old, new):
            raise MoveRefused(machine=self.name, old=old, new=new)

    def sources(self, new: str) -> Iterator[str]:
        """The states from which `new` can be reached in one move."""
        return (old for old, followers in self.moves.items() if new in followers)
