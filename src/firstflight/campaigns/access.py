# SPDX-License-Identifier: Apache-2.0
"""Who may see and change a campaign from behind the counter. Everybody else finds nothing."""

from firstflight.campaigns.models import Campaign
from firstflight.campaigns.states import Review
from firstflight.kernel.errors import NotAllowed, NotFound
from firstflight.people.models import Person, Role
from firstflight.people.queries import affiliates_for_role, is_employee


def access_own_campaign(person: Person, campaign_id: int) -> Campaign:
    """A campaign of which this employee is owner or editor.

    Raises:
        NotFound: none such, or not theirs, or no longer an employee.
    """
    campaign = Campaign.objects.select_related("project__affiliate").filter(pk=campaign_id).first()
    if campaign is None or not is_employee(person) or not is_part_of(person, campaign):
        raise NotFound
    return campaign


def is_part_of(person: Person, campaign: Campaign) -> bool:
    """Whether the person owns or edits the campaign's project."""
    project = campaign.project
    return project.owner_id == person.pk or project.editors.filter(pk=person.pk).exists()


def access_preview(person: Person, campaign_id: int) -> Campaign:
    """A campaign before the public sees it: for its makers, and its reviewers once handed in.

    Raises:
        NotFound: for everybody else.
    """
    try:
        return access_own_campaign(person, campaign_id)
    except NotFound:
        return access_for_review(person, campaign_id)


def access_for_review(person: Person, campaign_id: int) -> Campaign:
    """A campaign that was handed in at least once, for a reviewer of its company.

    Raises:
        NotFound: none such, still a draft, or no reviewer of its company.
    """
    try:
        campaign = access_as(person, Role.REVIEWER, campaign_id)
    except NotAllowed:
        raise NotFound from None
    if campaign.review_state == Review.DRAFT:
        raise NotFound
    return campaign


def access_as(person: Person, role: Role, campaign_id: int) -> Campaign:
    """A campaign for which this member of staff holds `role`.

    Raises:
        NotFound: none such, or the role is not held for its company.
    """
    campaign = Campaign.objects.select_related("project__affiliate").filter(pk=campaign_id).first()
    if campaign is None:
        raise NotFound
    companies = affiliates_for_role(person, role)
    if companies is not None and campaign.project.affiliate_id not in companies:
        raise NotFound
    return campaign
