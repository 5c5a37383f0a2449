# SPDX-License-Identifier: Apache-2.0
"""The mail with the sign-in code, as its reader finds it."""

import builders
import pytest
from django.core import mail
from django.test import Client

from firstflight.kernel import jobs

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "subject", "line"),
    [
        ("en", "Your sign-in code: ", "Please enter this code in the window"),
        ("ja", "ログインコード: ", "次のコードを入力してください"),
        ("fr", "Votre code de connexion\N{NO-BREAK SPACE}: ", "Saisissez ce code"),
    ],
)
def test_the_code_comes_in_the_language_of_the_page(language: str, subject: str, line: str) -> None:
    address = builders.person().email

    Client().post(
        "/accounts/login/code/", {"email": address}, headers={"accept-language": language}
    )
    jobs.run_due()

    (sent,) = mail.outbox
    assert sent.to == [address]
    assert sent.subject.startswith(subject)
    code = sent.subject.removeprefix(subject)
    assert code in str(sent.body).splitlines()
    assert line in sent.body
    assert "First Flight" in sent.body
