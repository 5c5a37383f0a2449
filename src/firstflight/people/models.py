# SPDX-License-Identifier: Apache-2.0
"""Who people are: persons, the companies of the group, roles, API tokens, the audit log.

It owns no pledge, no address of a parcel and no payment data.
"""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from firstflight.kernel.localized import LANGUAGES


class Affiliate(models.Model):
    """A company of the group: the seller of a campaign and the owner of its books."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    legal_name = models.CharField(max_length=200)
    address = models.TextField(blank=True)
    representative = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    # Japan's qualified-invoice issuer number: T and 13 digits.
    invoice_number = models.CharField(max_length=14, blank=True)
    email_domains = ArrayField(models.CharField(max_length=253), default=list)

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Finds people by address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person with this e-mail address."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody with an e-mail address: supporter, employee or both."""

    email = models.EmailField(_("E-mail address"))
    name = models.CharField(_("Name"), max_length=120, blank=True)
    language = models.CharField(max_length=2, default="en", choices=[(c, c) for c in LANGUAGES])
    time_zone = models.CharField(max_length=64, default="Asia/Tokyo")
    currency = models.CharField(max_length=3, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="one_person_per_address"),)

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"


class Employment(models.Model):
    """A person works for a company of the group, as its sign-in or its mail domain proved."""

    class Source(models.TextChoices):
        COMPANY_SIGN_IN = "company_sign_in"
        MAIL_DOMAIN = "mail_domain"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="employments")
    affiliate = models.ForeignKey(Affiliate, on_delete=models.PROTECT)
    source = models.CharField(max_length=20, choices=Source.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "affiliate"],
                condition=models.Q(until=None),
                name="one_current_employment_per_affiliate",
            ),
        )


class Role(models.TextChoices):
    """What staff may do: each role opens one part of the desk."""

    REVIEWER = "reviewer", _("Reviewer")
    FINANCE = "finance", _("Finance clerk")
    FULFILMENT = "fulfilment", _("Fulfilment clerk")
    OPERATOR = "operator", _("Operator")


class RoleGrant(models.Model):
    """A role given to a person, for one company or (affiliate None) for the whole group."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    affiliate = models.ForeignKey(Affiliate, on_delete=models.PROTECT, null=True, blank=True)
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "role", "affiliate"],
                condition=models.Q(revoked_at=None),
                nulls_distinct=False,
                name="a_role_is_granted_once",
            ),
        )


class ApiToken(models.Model):
    """A bearer token: only its digest is kept, so a stolen database opens nothing."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    label = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=40))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)


class AuditEntry(models.Model):
    """One act of staff; each row carries the hash of the one before, so none can vanish."""

    at = models.DateTimeField()
    actor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True)
    act = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = (models.Index(fields=["subject", "id"], name="audit_by_subject"),)
