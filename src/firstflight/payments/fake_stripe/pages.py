# SPDX-License-Identifier: Apache-2.0
"""The hosted 3-D Secure page in English, Japanese and French, by the browser's own languages.

Owns its words and its HTML. What the buttons do is `challenge`'s part.
"""

from __future__ import annotations

from html import escape
from importlib.resources import files
from string import Template

from firstflight.payments.fake_stripe import money
from firstflight.payments.fake_stripe.storage import Doc

WORDS = {
    "en": {
        "title": "Confirm it is you",
        "save": "Your bank asks you to confirm that First Flight may keep this card.",
        "pay": "Your bank asks you to confirm this payment to First Flight.",
        "card": "Card ending in",
        "amount": "Amount",
        "complete": "Complete",
        "fail": "Fail",
        "hint": "Test mode: this page stands in for the bank. No money moves.",
        "done": "Thank you. You can close this window.",
        "gone": "This confirmation is no longer open. Go back to the shop and start again.",
    },
    "ja": {
        "title": "本人確認",
        "save": "First Flightがこのカードを保存することについて、カード会社が確認を求めています。",
        "pay": "First Flightへのお支払いについて、カード会社が確認を求めています。",
        "card": "カード番号の末尾",
        "amount": "金額",
        "complete": "承認する",
        "fail": "承認しない",
        "hint": "テストモード:カード会社の画面の代わりです。実際の請求は発生しません。",
        "done": "完了しました。この画面を閉じてください。",
        "gone": "この確認は終了しています。元のページに戻って、もう一度お試しください。",
    },
    "fr": {
        "title": "Confirmez votre identité",
        "save": "Votre banque vous demande d’autoriser First Flight à enregistrer cette carte.",
        "pay": "Votre banque vous demande de confirmer ce paiement à First Flight.",
        "card": "Carte se terminant par",
        "amount": "Montant",
        "complete": "Valider",
        "fail": "Refuser",
        "hint": "Mode test : cette page remplace celle de la banque. Aucun débit n’a lieu.",
        "done": "Merci. Vous pouvez fermer cette fenêtre.",
        "gone": "Cette confirmation n’est plus ouverte. Retournez sur le site et recommencez.",
    },
}
SYMBOLS = {"jpy": "¥", "krw": "₩", "usd": "$", "gbp": "£", "eur": "€"}


def language(accepted: str) -> str:
    """The best of our languages for an Accept-Language header; English without a match."""
    wishes: list[tuple[float, int, str]] = []
    for place, part in enumerate(accepted.split(",")):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            weight = 0.0
        wishes.append((-weight, place, tag.split("-")[0].lower()))
    return next((tag for weight, _, tag in sorted(wishes) if tag in WORDS and weight < 0), "en")


def challenge(intent: Doc, method: Doc, lang: str) -> str:
    """The page that asks to complete or fail the authentication of an intent."""
    words = WORDS[lang]
    paying = intent["object"] == "payment_intent"
    rows = [(words["card"], f"•••• {method['card']['last4']}")]
    if paying:
        rows.insert(0, (words["amount"], _amount(intent["amount"], intent["currency"], lang)))
    details = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in rows)
    buttons = "".join(
        f'<button name="outcome" value="{value}" class="{value}">{escape(words[value])}</button>'
        for value in ("complete", "fail")
    )
    content = (
        f"<p>{escape(words['pay' if paying else 'save'])}</p><dl>{details}</dl>"
        f'<form method="post">{buttons}</form><p class="hint">{escape(words["hint"])}</p>'
    )
    return _page(lang, content)


def finished(lang: str, intent: str) -> str:
    """The page after a challenge without a return address; tells the window that opened it."""
    script = (
        f"parent.postMessage({{type: 'fake-stripe-challenge', intent: '{escape(intent)}'}}, '*')"
    )
    return _page(lang, f"<p>{escape(WORDS[lang]['done'])}</p><script>{script}</script>")


def gone(lang: str) -> str:
    """The page for a challenge that is over or never was."""
    return _page(lang, f"<p>{escape(WORDS[lang]['gone'])}</p>")


def _page(lang: str, content: str) -> str:
    template = Template(files(__package__).joinpath("static/page.html").read_text("utf-8"))
    return template.substitute(lang=lang, title=escape(WORDS[lang]["title"]), content=content)


def _amount(amount: int, currency: str, lang: str) -> str:
    digits = f"{amount:,}" if currency in money.ZERO_DECIMAL else f"{amount / 100:,.2f}"
    symbol = SYMBOLS.get(currency, currency.upper() + " ")
    if lang == "fr":
        digits = digits.replace(",", "\u202f").replace(".", ",")
        return f"{digits}\u00a0{symbol.strip()}"
    return f"{symbol}{digits}"
