"""How django-allauth behaves here: no public sign-up, second factors sealed, our own words."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from cortafuegos.kit import crypto

BAD_CODE = _("That code is not right. The app shows a new one every 30 seconds: try the next.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is switched off. Ask whoever runs the desk."),
        "email_password_mismatch": _("The address or the password is not right."),
        "enter_current_password": _("Write your current password."),
        "incorrect_code": BAD_CODE,
        "incorrect_password": _("That password is not right."),
        "invalid_password_reset": _("This link is no longer valid. Ask for a new one."),
        "rate_limited": _("Too many attempts. Wait a few minutes and try again."),
        "too_many_login_attempts": _("Too many failed attempts. Wait five minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False  # people come by invitation

    def is_safe_url(self, url: str) -> bool:
        """Only our own pages: the library also lets every trusted origin through."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts={context.request.get_host()})

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Signing in says nothing: one sees it. What matters is said on the page itself."""

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return f"{reverse('web:my-preferences')}?done=password"

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        # The library looks in its own table of addresses, which we do not fill.
        found = self.authenticate(context.request, email=user.get_username(), password=password)
        return found is not None and found.pk == user.pk

    def format_email_subject(self, subject: str) -> str:
        return f"Cortafuegos: {subject}"


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": BAD_CODE}

    def encrypt(self, text: str) -> str:
        return crypto.seal({"factor": text}).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return str(crypto.unseal(encrypted_text.encode())["factor"])


def mail_works() -> bool:
    """Mail to our own people leaves this machine only when a server for it was named."""
    return not settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "dummy.EmailBackend"))


class _Plain:
    """A placeholder that repeats the label says nothing, and goes when one begins to write."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        first = next(iter(self.fields.values()), None)
        if first is not None:
            first.widget.attrs["autofocus"] = True


class _Code(_Plain):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")
        self.fields["code"].widget.attrs.update(autocapitalize="off", spellcheck="false")


class LoginForm(_Plain, account.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail")


class ChangePasswordForm(_Plain, account.ChangePasswordForm):  # type: ignore[misc]
    pass


class SetPasswordForm(_Plain, account.SetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(_Plain, account.ResetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordKeyForm(_Plain, account.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(_Plain, account.ReauthenticateForm):  # type: ignore[misc]
    pass


class CodeForm(_Code, mfa.AuthenticateForm):  # type: ignore[misc]
    pass


class CodeAgainForm(_Code, mfa.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateForm(_Code, totp.ActivateTOTPForm):  # type: ignore[misc]
    pass
