# SPDX-License-Identifier: Apache-2.0
"""The sample people of the demo and what each may do. All of them are invented."""

from dataclasses import dataclass

from firstflight.people.models import Role


@dataclass(frozen=True)
class SamplePerson:
    """Somebody to sign in as: with the company's account (`company` names it), or by mail code."""

    email: str
    name: str
    role: str
    language: str = "en"
    company: str = ""
    grant: str = ""


DEVICES, LIVING = "aozora-devices", "aozora-living"
COMPANY_DOMAINS = {DEVICES: "devices.aozora.example", LIVING: "living.aozora.example"}

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
