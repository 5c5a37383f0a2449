# SPDX-License-Identifier: Apache-2.0
"""The stand-in for the company's sign-in, as the demo starts it: it takes the demo's secret."""

import os
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from firstflight.cli import platform, workplace
from firstflight.cli.supervisor import Supervisor

HERE = "http://localhost:9/back"


def test_it_lets_the_demos_people_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FIRSTFLIGHT_OIDC_SERVER_URL", "FIRSTFLIGHT_OIDC_CLIENT_SECRET"):
        # Set first, so that what the platform sets is undone afterwards.
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    own = platform.reserve_company_sign_in(workplace.free_port_near(8760))
    assert own is not None
    base, secret = (
        os.environ[f"FIRSTFLIGHT_OIDC_{name}"] for name in ("SERVER_URL", "CLIENT_SECRET")
    )
    with Supervisor(logs=tmp_path) as supervisor:
        platform.start_company_sign_in(own, supervisor, [("mei@group.example", "Mei")])
        supervisor.wait_until_ready(f"{base}/.well-known/openid-configuration")
        wish = {
            "client_id": "firstflight",
            "redirect_uri": HERE,
            "scope": "openid profile email",
            "response_type": "code",
        }
        sent_back = requests.post(
            f"{base}/oauth2/authorize",
            params=wish,
            data={"sub": "mei@group.example"},
            allow_redirects=False,
            timeout=10,
        )
        code = parse_qs(urlsplit(sent_back.headers["location"]).query)["code"][0]
        token = requests.post(
            f"{base}/oauth2/token",
            auth=("firstflight", secret),
            data={"grant_type": "authorization_code", "code": code, "redirect_uri": HERE},
            timeout=10,
        ).json()
        person = requests.get(
            f"{base}/userinfo",
            headers={"Authorization": f"Bearer {token['access_token']}"},
            timeout=10,
        ).json()
    assert (person["email"], person["name"]) == ("mei@group.example", "Mei")
