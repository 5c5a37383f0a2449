# SPDX-License-Identifier: Apache-2.0
"""The sample companies and people of the demo and what each may do. All of them are invented."""

from dataclasses import dataclass

from firstflight.people.models import Role


@dataclass(frozen=True)
class Company:
    """A company of the group, as its legal pages name it."""

    slug: str
    name: str
    legal_name: str
    domain: str
    address: str
    representative: str
    phone: str
    invoice_number: str


@dataclass(frozen=True)
class SamplePerson:
    """Somebody to sign in as: with the company's account (`company` names it), or by mail code.

    A role is held for the whole group, or (`company_only`) for the person's company alone.
    """

    email: str
    name: str
    role: str
    language: str = "en"
    company: str = ""
    grant: str = ""
    company_only: bool = False


DEVICES, LIVING = "aozora-devices", "aozora-living"
COMPANIES = (
    Company(
        slug=DEVICES,
        name="Aozora Devices",
        legal_name="Aozora Devices K.K.",
        domain="devices.aozora.example",
        address="2-4-1 Minatohama, Minato-ku, Tokyo 108-0000, Japan",
        representative="Yuko Tachibana",
        phone="+81 3 0000 0000",
        invoice_number="T0000000000001",
    ),
    Company(
        slug=LIVING,
        name="Aozora Living",
        legal_name="Aozora Living K.K.",
        domain="living.aozora.example",
        address="1-9-8 Kitahorie, Nishi-ku, Osaka 550-0000, Japan",
        representative="Takumi Onishi",
        phone="+81 6 0000 0000",
        invoice_number="T0000000000002",
    ),
)

SAMPLE_PEOPLE = (
    SamplePerson("mika@example.com", "Mika Sato", "supporter", "ja"),
    SamplePerson("claire@example.com", "Claire Moreau", "supporter", "fr"),
    SamplePerson("kento@devices.aozora.example", "Kento Arai", "employee", "ja", company=DEVICES),
    SamplePerson(
        "riko@devices.aozora.example",
        "Riko Hayashi",
        "reviewer",
        "ja",
        company=DEVICES,
        grant=Role.REVIEWER,
    ),
    SamplePerson(
        "finance@devices.aozora.example",
        "Jun Mori",
        "finance clerk",
        "en",
        company=DEVICES,
        grant=Role.FINANCE,
    ),
    SamplePerson(
        "warehouse@living.aozora.example",
        "Aoi Ishida",
        "fulfilment clerk",
        "ja",
        company=LIVING,
        grant=Role.FULFILMENT,
        company_only=True,
    ),
    SamplePerson(
        "operator@devices.aozora.example",
        "Sam Okada",
        "operator",
        "en",
        company=DEVICES,
        grant=Role.OPERATOR,
    ),
)
