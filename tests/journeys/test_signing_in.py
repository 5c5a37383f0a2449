# SPDX-License-Identifier: Apache-2.0
"""Coming in: by a code sent by mail, as a new person or a known one, and through the company."""

import builders
import pytest
from visiting import Arrive, Site

from firstflight.people.models import Person
from firstflight.people.queries import is_employee


@pytest.mark.parametrize("phone", [True, False])
def test_a_new_person_comes_in_with_a_code_alone(arrive: Arrive, site: Site, phone: bool) -> None:
    visitor = arrive(phone=phone)
    visitor.open("/pledges/")
    visitor.look("sign-in")
    visitor.page.get_by_label("E-mail address").fill("new@example.com")
    visitor.press("Send me a code")
    visitor.sees("Enter your code")
    visitor.look("code")
    visitor.page.get_by_label("Code").fill(site.code_for("new@example.com"))
    visitor.press("Sign in")
    visitor.sees("You have not supported a project yet.")
    visitor.look("no-pledges")
    assert Person.objects.filter(email="new@example.com").count() == 1


def test_an_employee_comes_in_through_the_company(arrive: Arrive, site: Site) -> None:
    builders.affiliate(email_domains=["devices.example"])
    visitor = arrive()
    visitor.open("/accounts/login/code/")
    visitor.press("Continue with Aozora")
    visitor.page.get_by_role("button", name="kento@devices.example").click()
    visitor.follow("Desk")
    visitor.look("desk")
    kento = Person.objects.get(email="kento@devices.example")
    assert is_employee(kento)
    assert kento.name == "Kento"


def test_someone_known_before_needs_no_code_when_the_company_vouches(
    arrive: Arrive, site: Site
) -> None:
    builders.affiliate(email_domains=["devices.example"])
    known = builders.person(email="riko@devices.example", name="Riko Hayashi")
    visitor = arrive()
    visitor.open("/accounts/login/code/")
    visitor.press("Continue with Aozora")
    visitor.page.get_by_role("button", name="riko@devices.example").click()
    visitor.follow("Desk")
    assert is_employee(known)
    assert Person.objects.get(email="riko@devices.example").name == "Riko Hayashi"
