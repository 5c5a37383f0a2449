# SPDX-License-Identifier: Apache-2.0
"""Why something about people is refused."""

from django.utils.translation import gettext_lazy as _

from firstflight.kernel.errors import Refusal


class NotAnEmployee(Refusal):
    """Only employees of the group may present ideas."""

    code = "not_an_employee"
    status = 403
    message = _(
        "Only employees of the group can present a project. "
        "Sign in with your company account to continue."
    )


class TokenInvalid(Refusal):
    """No such bearer token, or it has expired or been revoked."""

    code = "token_invalid"
    status = 401
    message = _("This API token is not valid. Ask your operator for a new one.")


class ScopeMissing(Refusal):
    """The token is valid but was not made for this."""

    code = "scope_missing"
    status = 403
    message = _("This API token lacks the scope “%(scope)s”.")
