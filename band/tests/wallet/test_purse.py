# SPDX-License-Identifier: Apache-2.0
"""What the holder of a purse and the person at the till can count on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from band.tests.wallet.cards import issued
from wena.testing.reader import CardReader, TornLink
from wena.testing.udp_card import UdpCard, UdpLink
from wena.wallet.errors import (
    AlreadyIssued,
    BadAmount,
    BadLimit,
    BadMessage,
    BalanceTooLow,
    CannotTell,
    JournalDamaged,
    NoCard,
    NotOurCard,
    OtherCard,
    OverBalanceLimit,
    OverPaymentLimit,
    SaleClosed,
    TornAway,
    UnfinishedSale,
    UnknownSale,
    WalletError,
)
from wena.wallet.issue import issue
from wena.wallet.journal import Journal, State
from wena.wallet.keys import IssuerKeys
from wena.wallet.layout import Kind, SaleId
from wena.wallet.lite_s import frame
from wena.wallet.purse import Purse
from wena.wallet.reserve import Reserve
from wena.wallet.terminal import Terminal

MASTER = bytes(range(32))
# Find, challenge, read, proof of the reader, entry, read again, money, read again.
COMMANDS_OF_A_PAYMENT = 8
ENTRY, MONEY = 5, 7


class Counting:
    """Counts the frames that reach the card."""

    def __init__(self, card: Purse) -> None:
        self.card = card
        self.frames = 0

    def exchange(self, command: bytes) -> bytes | None:
        self.frames += 1
        return self.card.exchange(command)

    def lose_field(self) -> None:
        self.card.lose_field()


def test_money_goes_in_and_out_and_is_remembered() -> None:
    purse, reader = issued()
    assert reader.top_up(purse, 3_000).balance == 3_000
    assert reader.pay(purse, 480).balance == 2_520
    assert reader.tap(purse).balance == 2_520
    told = [(one.kind, one.amount, one.balance) for one in reader.history(purse)]
    assert told == [(Kind.PAYMENT, 480, 2_520), (Kind.TOP_UP, 3_000, 3_000)]
    view = purse.view()
    assert (view.issued, view.balance) == (True, 2_520)
    assert list(view.history) == reader.history(purse)


def test_a_payment_is_one_touch_of_eight_commands() -> None:
    purse, reader = issued(1_000)
    link = Counting(purse)
    reader.terminal.pay(link, 100)
    assert link.frames == COMMANDS_OF_A_PAYMENT


def test_history_keeps_the_newest_nine() -> None:
    purse, reader = issued(1_000)
    for amount in range(1, 13):
        reader.pay(purse, amount)
    assert [one.amount for one in reader.history(purse)] == list(range(12, 3, -1))


@pytest.mark.parametrize(
    ("attempt", "refusal"),
    [
        (lambda reader, purse: reader.pay(purse, 1_001), BalanceTooLow),
        (lambda reader, purse: reader.pay(purse, 20_001), OverPaymentLimit),
        (lambda reader, purse: reader.top_up(purse, 49_001), OverBalanceLimit),
        (lambda reader, purse: reader.pay(purse, 0), BadAmount),
        (lambda reader, purse: reader.pay(purse, -5), BadAmount),
        (lambda reader, purse: reader.pay(purse, 2**24), BadAmount),
        (lambda reader, purse: reader.pay(purse, True), BadAmount),
    ],
)
def test_a_refusal_has_its_reason_and_changes_nothing(
    attempt: Callable[[CardReader, Purse], object], refusal: type[WalletError]
) -> None:
    purse, reader = issued(1_000)
    before = purse.view()
    with pytest.raises(refusal) as told:
        attempt(reader, purse)
    assert str(told.value).endswith(".")
    assert purse.view() == before
    assert not reader.unfinished
    assert reader.pay(purse, 1_000).balance == 0


@pytest.mark.parametrize("frames", range(1, COMMANDS_OF_A_PAYMENT + 1))
@pytest.mark.parametrize("kind", list(Kind))
def test_torn_away_at_any_moment_the_next_touch_finishes_once(frames: int, kind: Kind) -> None:
    purse, reader = issued(1_000)
    act = reader.pay if kind is Kind.PAYMENT else reader.top_up
    with pytest.raises((TornAway, NoCard)):
        act(TornLink(purse, frames), 300)
    receipt = act(purse, 300)
    assert receipt.balance == (700 if kind is Kind.PAYMENT else 1_300)
    assert receipt.repeated == (frames >= MONEY)
    assert [one.amount for one in reader.history(purse)] == [300, 1_000]


def test_the_same_sale_completed_again_charges_nothing() -> None:
    purse, reader = issued(1_000)
    sale = reader.terminal.begin(Kind.PAYMENT, 200)
    first = reader.terminal.complete(purse, sale)
    again = reader.terminal.complete(purse, sale)
    assert (first.repeated, again.repeated) == (False, True)
    assert purse.view().balance == 800


def test_a_torn_payment_is_recognised_after_other_shops_were_paid() -> None:
    purse, reader = issued(1_000)
    with pytest.raises(TornAway):
        reader.pay(TornLink(purse, MONEY), 300)
    other = CardReader.of_a_shop(number=2)
    for _ in range(3):
        other.pay(purse, 10)
    receipt = reader.pay(purse, 300)
    assert (receipt.repeated, receipt.balance) == (True, 670)


def test_where_history_no_longer_reaches_the_terminal_says_so() -> None:
    purse, reader = issued(1_000)
    with pytest.raises(TornAway):
        reader.pay(TornLink(purse, MONEY), 300)
    other = CardReader.of_a_shop(number=2)
    for _ in range(10):
        other.pay(purse, 10)
    with pytest.raises(CannotTell):
        reader.pay(purse, 300)
    assert purse.view().balance == 600


def test_an_unfinished_sale_is_not_put_on_another_card() -> None:
    purse, reader = issued(1_000)
    stranger = Purse()
    reader.issue(stranger)
    with pytest.raises(TornAway):
        reader.pay(TornLink(purse, ENTRY), 300)
    with pytest.raises(OtherCard):
        reader.pay(stranger, 300)
    with pytest.raises(UnfinishedSale):
        reader.pay(purse, 301)
    assert reader.pay(purse, 300).balance == 700


def test_a_cancelled_sale_never_happens_even_if_its_command_arrives_late() -> None:
    purse, reader = issued(1_000)
    caught: list[bytes] = []

    class Thief(Counting):
        def exchange(self, command: bytes) -> bytes | None:
            if self.frames == 4:
                caught.append(command)
                return None
            caught.append(command)
            return super().exchange(command)

    with pytest.raises(TornAway):
        reader.pay(TornLink(Thief(purse), MONEY), 300)
    reader.cancel(purse)
    for command in caught:
        purse.exchange(command)
    assert purse.view().balance == 1_000
    assert not reader.unfinished


def test_a_paid_sale_is_not_cancelled() -> None:
    purse, reader = issued(1_000)
    with pytest.raises(TornAway):
        reader.pay(TornLink(purse, MONEY), 300)
    with pytest.raises(SaleClosed):
        reader.cancel(purse)
    assert purse.view().balance == 700
    assert not reader.unfinished


def test_a_card_that_claims_to_have_paid_is_not_believed() -> None:
    purse, reader = issued(1_000)

    class Liar(Counting):
        def exchange(self, command: bytes) -> bytes | None:
            self.frames += 1
            if self.frames == MONEY:
                return frame.response(frame.WRITE, purse.idm + bytes(2))
            return self.card.exchange(command)

    with pytest.raises(TornAway):
        reader.terminal.pay(Liar(purse), 300)
    assert purse.view().balance == 1_000


def test_a_command_caught_in_one_shop_cannot_pay_in_another() -> None:
    """The holder keeps a cheap sale's entry from the card and would use its debit elsewhere."""
    purse, reader = issued(10_000)
    caught: list[bytes] = []

    class Device(Counting):
        def exchange(self, command: bytes) -> bytes | None:
            self.frames += 1
            caught.append(command)
            if self.frames == ENTRY:
                return frame.response(frame.WRITE, purse.idm + bytes(2))
            return self.card.exchange(command)

    with pytest.raises(TornAway):
        reader.pay(Device(purse), 1)
    money_moving = [c for c in caught if c[1] == frame.WRITE and b"\x80\x0e\x80\x91" in c]
    assert money_moving == []


def test_a_card_of_another_issuer_or_currency_is_refused() -> None:
    purse, _ = issued(1_000)
    for keys in (IssuerKeys("JPY", {1: MASTER}), IssuerKeys("EUR", {1: b"?" * 32})):
        with pytest.raises(NotOurCard):
            Terminal(keys, Journal(9)).pay(purse, 1)
    assert purse.view().balance == 1_000


def test_cards_of_an_older_key_go_on_working_under_a_newer_one() -> None:
    purse = Purse()
    issue(purse, IssuerKeys("JPY", {1: MASTER}))
    later = Terminal(IssuerKeys("JPY", {1: MASTER, 2: b"2" * 32}), Journal(1))
    assert later.top_up(purse, 500).balance == 500


def test_each_card_has_its_own_key_and_secrets_do_not_show() -> None:
    keys = IssuerKeys("JPY", {1: MASTER})
    assert len({keys.card_key(bytes((n,) * 8), 1) for n in range(50)}) == 50
    assert MASTER.hex() not in repr(keys)
    assert repr(MASTER) not in repr(keys)


def test_issuing_twice_does_no_harm_but_a_used_card_is_refused() -> None:
    purse, reader = issued()
    assert reader.issue(purse) == purse.idm
    reader.top_up(purse, 100)
    with pytest.raises(AlreadyIssued):
        reader.issue(purse)
    with pytest.raises(AlreadyIssued):
        issue(purse, IssuerKeys("JPY", {1: MASTER}))
    assert purse.view().balance == 100


def test_an_issue_torn_at_any_moment_can_be_done_again() -> None:
    for frames in range(1, 40):
        purse, reader = Purse(), CardReader.of_a_shop()
        try:
            reader.issue(TornLink(purse, frames))
        except (TornAway, NoCard):
            reader.issue(purse)
            assert reader.top_up(purse, 100).balance == 100
        else:
            break
    assert 20 < frames < 39


def test_impossible_wishes_of_an_issuer_are_refused_before_the_card_is_touched() -> None:
    purse = Purse()
    for limit in (0, 150, 6_553_600):
        with pytest.raises(BadLimit):
            issue(purse, IssuerKeys("JPY", {1: MASTER}), payment_limit=limit)
    with pytest.raises(BadMessage):
        issue(purse, IssuerKeys("JPY", {1: MASTER}), message=bytes(49))
    assert not purse.view().issued


def test_some_payments_remain_at_an_empty_battery() -> None:
    level = 100
    purse, reader = Purse(battery=lambda: level, reserve=Reserve(3)), CardReader.of_a_shop()
    reader.issue(purse)
    reader.top_up(purse, 1_000)
    level = 0
    for left in (2, 1, 0):
        reader.tap(purse)
        reader.pay(purse, 100)
        assert purse.view().payments_at_empty == left
    with pytest.raises(NoCard):
        reader.pay(purse, 100)
    level = 5
    assert reader.pay(purse, 100).balance == 600
    assert purse.view().payments_at_empty == 3


def test_the_strap_hears_of_money_that_moved_and_of_nothing_else() -> None:
    heard: list[int] = []
    purse = Purse(on_change=lambda: heard.append(purse.view().balance))
    reader = CardReader.of_a_shop()
    reader.issue(purse)
    heard.clear()
    reader.top_up(purse, 500)
    reader.tap(purse)
    reader.pay(purse, 200)
    reader.history(purse)
    assert heard == [500, 300]


def test_a_purse_and_a_till_outlive_a_restart(tmp_path: Path) -> None:
    keys = IssuerKeys("JPY", {1: MASTER})
    first = Terminal(keys, Journal(1, tmp_path / "book"))
    purse = Purse.at(tmp_path / "purse")
    issue(purse, keys)
    first.top_up(purse, 1_000)
    with pytest.raises(TornAway):
        first.pay(TornLink(purse, MONEY), 300)
    first.journal.close()
    again, card = Terminal(keys, Journal(1, tmp_path / "book")), Purse.at(tmp_path / "purse")
    (open_sale,) = again.journal.unfinished()
    assert again.complete(card, open_sale.id).repeated
    assert again.journal.find(open_sale.id).state is State.DONE
    assert card.view().balance == 700


def test_sales_nobody_began_are_unknown(tmp_path: Path) -> None:
    purse, reader = issued(100)
    for sale in (SaleId(1, 99), SaleId(2, 1)):
        with pytest.raises(UnknownSale):
            reader.terminal.complete(purse, sale)
    (tmp_path / "book").write_bytes(b"no book" * 100)
    with pytest.raises(JournalDamaged):
        Journal(1, tmp_path / "book")


def test_the_card_may_stand_behind_a_socket() -> None:
    purse, reader = issued(1_000)
    with UdpCard(purse) as served:
        link = UdpLink(served.port)
        assert reader.pay(link, 250).balance == 750
        assert reader.history(link)[0].amount == 250
        link.close()
