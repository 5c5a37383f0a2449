# SPDX-License-Identifier: Apache-2.0
"""Make a blank card into a purse: message, limits, key, and locks that cannot be undone.

The locks come last. Until then an interrupted issue can simply be done again.
"""

from wena.wallet import ndef
from wena.wallet.errors import AlreadyIssued, BadLimit, BadMessage, NotOurCard
from wena.wallet.keys import IssuerKeys
from wena.wallet.layout import (
    LIMIT_STEP,
    LOADED_BLOCK,
    MESSAGE_BLOCKS,
    RING,
    Funds,
    Loaded,
    SaleId,
)
from wena.wallet.lite_s.blocks import CK, CKV, ID, MC, REG, Configuration
from wena.wallet.lite_s.frame import BLOCK_SIZE
from wena.wallet.reader_session import Link, ReaderSession

_FORMAT = 1
_MONEY = sum(1 << block for block in (LOADED_BLOCK, *RING, REG))
_HISTORY = sum(1 << block for block in RING)
# Message read-only; money only with MAC; history only for a reader that knows the key.
LOCKED = Configuration(
    writable=_MONEY,
    system_open=False,
    ndef=True,
    key_change_needs_mac=False,
    read_needs_auth=_HISTORY,
    write_needs_auth=0,
    write_needs_mac=_MONEY,
    state_needs_mac=True,
)
GREETING = ndef.text_record("wena purse")


def issue(
    link: Link,
    keys: IssuerKeys,
    *,
    payment_limit: int = 20_000,
    balance_limit: int = 50_000,
    message: bytes = GREETING,
) -> bytes:
    """Issue the card in the field and return its IDm (8 bytes). The same twice does no harm.

    Limits are in the smallest unit, multiples of 100; `message` is NDEF, up to 48 bytes. Raises
    `BadLimit`, `BadMessage`, `AlreadyIssued` (by another, or used since), `NoCard`, `TornAway`.
    """
    for limit in (payment_limit, balance_limit):
        if limit % LIMIT_STEP or not LIMIT_STEP <= limit <= 0xFFFF * LIMIT_STEP:
            raise BadLimit
    blocks = ndef.as_blocks(message)
    if len(blocks) > len(MESSAGE_BLOCKS):
        raise BadMessage
    session = ReaderSession(link)
    loaded = bytes(Loaded(0, 0, SaleId(0, 0), payment_limit, balance_limit))
    if not Configuration.from_bytes(session.plain_read(MC)[0]).system_open:
        _check_unused(session, keys, loaded)
        return session.idm
    attributes = ndef.Attributes(len(MESSAGE_BLOCKS), len(message), writable=False)
    session.plain_write(0, bytes(attributes))
    for block, data in zip(MESSAGE_BLOCKS, blocks, strict=False):
        session.plain_write(block, data)
    for block in RING:
        session.plain_write(block, bytes(BLOCK_SIZE))
    session.plain_write(LOADED_BLOCK, loaded)
    named = keys.currency.encode("ascii") + bytes((_FORMAT,))
    session.plain_write(ID, session.idm + bytes(2) + named + bytes(2))
    session.plain_write(CKV, keys.version.to_bytes(2, "little") + bytes(14))
    session.plain_write(CK, keys.card_key(session.idm, keys.version))
    session.plain_write(MC, bytes(LOCKED))
    _check_unused(session, keys, loaded)
    return session.idm


def _check_unused(session: ReaderSession, keys: IssuerKeys, loaded: bytes) -> None:
    """Let the card prove that it holds our key, our limits and no money."""
    try:
        register, found = session.authenticate(
            lambda version: keys.card_key(session.idm, version or keys.version), REG, LOADED_BLOCK
        )
    except NotOurCard:
        raise AlreadyIssued from None
    untouched = Funds.from_blocks(register, found).operations == 0
    if not untouched or found != loaded or session.read(MC)[0] != bytes(LOCKED):
        raise AlreadyIssued
