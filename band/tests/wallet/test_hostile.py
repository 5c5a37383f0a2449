# SPDX-License-Identifier: Apache-2.0
"""A reader without keys, a liar on the line and a failing battery, in any order.

The model is the till's book: money that the card holds is what the book says, give or take the
one sale that is unfinished. Nothing a stranger sends may change that.
"""

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from band.tests.wallet.cards import IDM, blank_card
from band.tests.wallet.test_store import CutMedium, PowerCut
from wena.testing.reader import CardReader
from wena.wallet.errors import CannotTell, SaleClosed, WalletError
from wena.wallet.journal import State
from wena.wallet.layout import LOADED_BLOCK, Funds, Kind, SaleId
from wena.wallet.lite_s import frame
from wena.wallet.lite_s.blocks import ALL, CK, MC, REG
from wena.wallet.lite_s.card import Card
from wena.wallet.lite_s.memory import IMAGE_SIZE, Memory
from wena.wallet.store import Store

BLOCKS = st.sampled_from(sorted(ALL))
SIXTEEN = st.binary(min_size=16, max_size=16)
# Where a write without code names its one block: the challenge.
RC_ELEMENT = b"\x01\x80\x80"
ENDLESS = 10**9


class Line:
    """The air between terminal and card: records, cuts, swallows and lies."""

    def __init__(self, machine: "Siege", cut: int | None, swallowed: int | None) -> None:
        self.machine, self.cut, self.swallowed, self.count = machine, cut, swallowed, 0

    def exchange(self, command: bytes) -> bytes | None:
        self.count += 1
        self.machine.heard.append(command)
        if self.cut is not None and self.count > self.cut:
            return None
        if self.count == self.swallowed and command[1] == frame.WRITE:
            return frame.response(frame.WRITE, command[2:10] + bytes(2))
        return self.machine.send(command)


class Siege(RuleBasedStateMachine):
    """One purse, one honest till, and everything else against them."""

    def __init__(self) -> None:
        super().__init__()
        self.medium = CutMedium(b"", ENDLESS)
        Store(self.medium, IMAGE_SIZE).save(blank_card().memory.image)
        self.card = Card(Store(self.medium, IMAGE_SIZE))
        self.heard: list[bytes] = []
        self.reader = CardReader.of_a_shop()
        self.reader.issue(self)
        self.issued = self.memory
        self.counter = 0
        self.sale: SaleId | None = None
        self.money = {Kind.PAYMENT: 0, Kind.TOP_UP: 0}
        self.book: list[tuple[Kind, int]] = []

    def exchange(self, command: bytes) -> bytes | None:
        self.heard.append(command)
        return self.send(command)

    def lose_field(self) -> None:
        self.card.lose_field()

    @property
    def memory(self) -> Memory:
        return self.card.memory

    def send(self, command: bytes) -> bytes | None:
        try:
            return self.card.respond(command)
        except PowerCut:
            self.restart()
            return None

    def restart(self) -> None:
        self.medium.left = ENDLESS
        self.card = Card(Store(self.medium, IMAGE_SIZE))

    def settle(self, sale: SaleId) -> None:
        found = self.reader.terminal.journal.find(sale)
        if found.state is State.DONE:
            self.money[found.kind] += found.amount
            self.book.insert(0, (found.kind, found.amount))
        self.sale = sale if found.state is State.ATTEMPTED else None

    def complete(self, sale: SaleId, line: Line) -> None:
        terminal = self.reader.terminal
        try:
            terminal.complete(line, sale)
        except CannotTell as impossible:
            raise AssertionError from impossible
        except WalletError:
            if terminal.journal.find(sale).state is State.OPEN:
                terminal.cancel(sale)
        self.medium.left = ENDLESS
        self.card.lose_field()
        self.settle(sale)

    @precondition(lambda self: self.sale is None)
    @rule(kind=st.sampled_from(Kind), amount=st.integers(1, 9_000))
    def trade_in_peace(self, kind: Kind, amount: int) -> None:
        self.complete(self.reader.terminal.begin(kind, amount), Line(self, None, None))

    @precondition(lambda self: self.sale is None)
    @rule(kind=st.sampled_from(Kind), amount=st.integers(1, 99), cut=st.integers(0, 8))
    def tear_away(self, kind: Kind, amount: int, cut: int) -> None:
        self.complete(self.reader.terminal.begin(kind, amount), Line(self, cut, None))

    @precondition(lambda self: self.sale is None)
    @rule(kind=st.sampled_from(Kind), amount=st.integers(1, 99), swallowed=st.integers(2, 7))
    def lie(self, kind: Kind, amount: int, swallowed: int) -> None:
        self.complete(self.reader.terminal.begin(kind, amount), Line(self, None, swallowed))

    @precondition(lambda self: self.sale is None)
    @rule(
        kind=st.sampled_from(Kind),
        amount=st.integers(1, 99),
        power=st.integers(0, 6 * (IMAGE_SIZE + 24)),
    )
    def lose_power_while_trading(self, kind: Kind, amount: int, power: int) -> None:
        sale = self.reader.terminal.begin(kind, amount)
        self.medium.left = power
        self.complete(sale, Line(self, None, None))

    @precondition(lambda self: self.sale is not None)
    @rule(cut=st.none() | st.integers(0, 9))
    def come_back(self, cut: int | None) -> None:
        assert self.sale is not None
        self.complete(self.sale, Line(self, cut, None))

    @precondition(lambda self: self.sale is not None)
    @rule()
    def cancel(self) -> None:
        assert self.sale is not None
        with contextlib.suppress(SaleClosed):
            self.reader.terminal.cancel(self.sale, Line(self, None, None))
        self.settle(self.sale)

    @rule(start=st.integers(0, 400), length=st.integers(1, 12))
    def replay(self, start: int, length: int) -> None:
        for command in self.heard[-start or None :][:length]:
            self.send(command)

    @rule()
    def replay_everything(self) -> None:
        for command in self.heard[-60:]:
            self.send(command)

    @rule(back=st.integers(0, 60))
    def replay_writes_after_their_challenge(self, back: int) -> None:
        """Set an old challenge again, then try every write that was heard since, from the last."""
        challenges = [at for at, sent in enumerate(self.heard) if sent[13:16] == RC_ELEMENT]
        at = challenges[-1 - back % len(challenges)] if challenges else 0
        for command in reversed(self.heard[at + 1 :][:12]):
            self.send(self.heard[at])
            self.send(command)

    @rule(block=BLOCKS, data=SIXTEEN)
    def write_without_code(self, block: int, data: bytes) -> None:
        self.send(frame.write(IDM, data, block))

    @rule(
        block=BLOCKS,
        data=st.binary(min_size=16, max_size=16),
        code=st.binary(min_size=8, max_size=8),
    )
    def write_with_a_guess(self, block: int, data: bytes, code: bytes) -> None:
        counter = self.memory.counter.to_bytes(3, "little")
        self.send(frame.write(IDM, data + code + counter + bytes(5), block, 0x91))

    @rule(blocks=st.lists(BLOCKS, min_size=1, max_size=4))
    def read(self, blocks: list[int]) -> None:
        answer = self.send(frame.read(IDM, *blocks))
        assert answer is not None
        assert self.memory.block(CK) not in answer

    @rule(noise=st.binary(max_size=300))
    def send_noise(self, noise: bytes) -> None:
        self.send(noise)

    @rule()
    def lose_power(self) -> None:
        self.restart()

    @invariant()
    def the_money_is_what_the_book_says(self) -> None:
        funds = Funds.from_blocks(self.memory.block(REG), self.memory.block(LOADED_BLOCK))
        held = (funds.register.spent, funds.loaded.total)
        spent, loaded = self.money[Kind.PAYMENT], self.money[Kind.TOP_UP]
        allowed = {(spent, loaded)}
        if self.sale is not None:
            sale = self.reader.terminal.journal.find(self.sale)
            both = (spent + sale.amount, loaded), (spent, loaded + sale.amount)
            allowed.add(both[sale.kind is Kind.TOP_UP])
        assert held in allowed
        assert (funds.loaded.payment_limit, funds.loaded.balance_limit) == (20_000, 50_000)

    @invariant()
    def the_counter_never_falls(self) -> None:
        assert self.memory.counter >= self.counter
        self.counter = self.memory.counter

    @invariant()
    def key_and_locks_stay(self) -> None:
        for block in (CK, MC, 0, 1):
            assert self.memory.block(block) == self.issued.block(block)

    @precondition(lambda self: self.sale is None)
    @rule()
    def history_is_the_book(self) -> None:
        told = [(one.kind, one.amount) for one in self.reader.history(self)]
        assert told == self.book[: len(told)]
        assert len(told) >= min(len(self.book), 8)


TestSiege = Siege.TestCase
TestSiege.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)


@given(st.lists(st.binary(max_size=300), max_size=30))
def test_noise_never_raises_and_changes_no_identity(frames: list[bytes]) -> None:
    card = blank_card()
    for noise in frames:
        card.respond(noise)
    assert card.memory.idm == IDM


@given(
    code=st.sampled_from((0x00, 0x06, 0x08)),
    body=st.binary(max_size=80),
    length=st.integers(0, 255) | st.none(),
)
def test_frames_that_begin_well_never_raise(code: int, body: bytes, length: int | None) -> None:
    inner = bytes((code,)) + (IDM if code else b"") + body
    card = blank_card()
    before = card.memory
    answer = card.respond(bytes((len(inner) + 1 if length is None else length,)) + inner)
    assert answer is None or answer[0] == len(answer)
    if answer is not None and code == 0x06:
        assert card.memory == before
