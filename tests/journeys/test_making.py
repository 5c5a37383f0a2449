# SPDX-License-Identifier: Apache-2.0
"""From an employee's idea to a live campaign: writing, review, changes, approval, opening."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import builders
import pytest
from PIL import Image
from visiting import Arrive, Site, Visitor

from firstflight.campaigns.models import Campaign
from firstflight.kernel import clock
from firstflight.people.models import Role


def photograph() -> Any:
    """A file as a browser sends it."""
    buffer = BytesIO()
    Image.new("RGB", (1200, 900), "#b1272d").save(buffer, "JPEG")
    return {"name": "watch.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def all_is_saved(maker: Visitor) -> None:
    maker.page.locator("form[data-kept=yes]").wait_for()


def writes_story(maker: Visitor) -> None:
    page = maker.page
    page.locator("#title_en").fill("Wena")
    page.locator("#tagline_en").fill("A watch that stays a watch")
    page.locator("#story_en").fill(
        "## The idea\n\n" + "The strap does what a watch should not. " * 8
    )
    page.locator("#risks_en").fill("The hinge may be late; a second supplier stands ready.")
    page.locator("#evidence_en").fill("Forty people have worn the prototype for a month.")
    page.get_by_label("Category").select_option("wearable")
    maker.sees("Saved at")
    all_is_saved(maker)


def designs_campaign(maker: Visitor) -> None:
    page = maker.page
    opens = (clock.now() + timedelta(days=10)).astimezone(ZoneInfo("Asia/Tokyo"))
    page.locator("#goal").fill("10,000,000")
    page.locator("#opens_at").fill(f"{opens:%Y-%m-%dT12:00}")
    page.locator("#closes_at").fill(f"{opens + timedelta(days=45):%Y-%m-%dT12:00}")
    page.locator("#slug").fill("wena")
    maker.press("Save")
    all_is_saved(maker)


def describes_reward(maker: Visitor) -> None:
    page = maker.page
    delivery = clock.now() + timedelta(days=150)
    page.locator("#name_en").fill("Chronograph")
    page.locator("#price").fill("59,800")
    page.locator("#limit").fill("300")
    page.locator("#delivery_from").fill(f"{delivery:%Y-%m}")
    page.locator("#delivery_to").fill(f"{delivery:%Y-%m}")
    maker.press("Add an option")
    page.locator("#axis-0_en").fill("Colour")
    page.locator("#axis-0-0_en").fill("Silver")
    page.locator("#axis-0-1_en").fill("Black")
    page.locator("#axis-0-1_en").blur()
    page.get_by_label("Places of Black").fill("50")
    maker.press("Add a country")
    page.locator("#country-1").select_option("FR")
    page.locator("#fee-1").fill("2,000")


def makes_project(maker: Visitor) -> None:
    maker.open("/desk/projects/")
    maker.look("no-projects")
    maker.press("Start a new project")
    maker.look("empty-story")
    writes_story(maker)
    maker.page.locator("button[name=field][value=story_en]").click()
    maker.page.locator("#preview-story_en h3").wait_for()
    maker.look("story")
    maker.follow(re.compile("^Pictures"))
    maker.page.locator("#picture").set_input_files(photograph())
    maker.page.locator("#alt_en").fill("The watch on a wrist")
    maker.press("Upload")
    maker.look("pictures")
    maker.follow(re.compile("^Team"))
    maker.page.locator("#newname").fill("Kento Arai")
    maker.page.locator("#newrole_en").fill("Idea and electronics")
    maker.press("Add")
    maker.look("team")
    maker.follow(re.compile("^Questions"))
    maker.look("faq")
    maker.follow(re.compile("^Goal and dates"))
    designs_campaign(maker)
    maker.look("terms")
    maker.follow(re.compile("^Rewards"))
    maker.follow("Add a reward")
    describes_reward(maker)
    maker.look("reward")
    maker.press("Save reward")
    maker.sees("The reward is saved.")
    maker.look("rewards")
    maker.follow("Checklist")
    maker.look("checklist")
    maker.press("Hand in for review")
    maker.sees("Handed in.")


@pytest.mark.parametrize("phone", [True, False])
def test_an_idea_becomes_a_live_campaign(arrive: Arrive, site: Site, phone: bool) -> None:
    company = builders.affiliate()
    kento = builders.employee(company, name="Kento Arai")
    riko = builders.employee(company, Role.REVIEWER, name="Riko Hayashi")
    maker = arrive(person=kento, phone=phone)
    makes_project(maker)

    reviewer = arrive(person=riko, phone=phone)
    asks_for_changes(reviewer)
    answers_changes(maker)

    reviewer.open("/desk/review/")
    reviewer.follow("Wena")
    reviewer.sees("Changed since the last round")
    assert "4 mm thick" in reviewer.page.locator("#changes ins").all_inner_texts()[-1]
    reviewer.look("second-round")
    reviewer.press("Approve")
    reviewer.sees("Approved.")
    opens_by_itself(maker, site)


def answers_changes(maker: Visitor) -> None:
    maker.open("/desk/projects/")
    maker.follow("Wena")
    maker.look("changes-asked")
    maker.follow(re.compile("^Story"))
    maker.sees("How thick is the strap?")
    maker.page.locator("#evidence_en").fill("Sixty people wore the prototype: it is 4 mm thick.")
    all_is_saved(maker)
    maker.press("Mark as resolved")
    maker.follow("Checklist")
    maker.press("Hand in for review")


def asks_for_changes(reviewer: Visitor) -> None:
    reviewer.open("/desk/review/")
    reviewer.look("queue")
    reviewer.follow("Wena")
    reviewer.look("reading")
    reviewer.page.locator("#evidence summary", has_text="Comment on this").click()
    reviewer.page.locator("#comment-evidence").fill("How thick is the strap?")
    reviewer.press("Add comment")
    reviewer.page.get_by_label("Your words to the makers").fill("Nearly there: one question.")
    reviewer.press("Ask for changes")
    reviewer.sees("Sent back.")


def opens_by_itself(maker: Visitor, site: Site) -> None:
    campaign = Campaign.objects.get(slug="wena")
    assert campaign.opens_at is not None
    assert [mail.subject for mail in site.mails(campaign.project.owner.email)] == [
        "Wena: the reviewers ask for changes",
        "Wena is approved",
    ]
    with clock.virtual(campaign.opens_at + timedelta(minutes=1)):
        site.work()
        maker.open("/desk/projects/")
        maker.follow("Wena")
        maker.sees("Live")
        maker.follow("Public page")
        maker.look("live")
    campaign.refresh_from_db()
    assert campaign.funding_state == "live"
