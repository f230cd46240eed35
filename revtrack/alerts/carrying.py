"""Hand one message to one channel. Each function returns when it was taken and raises NotTakenError when it was not.

No secret and nothing that a server or program answers is part of a reason: answers may repeat what they were sent.
"""

import base64
import binascii
import hashlib
import hmac
import json
import logging
import subprocess
from collections.abc import Mapping
from datetime import datetime

from revtrack.alerts.channels import WITHIN, Channel, Kind, NotTakenError, look_up, resolved
from revtrack.alerts.mailing import mail
from revtrack.alerts.messages import Telling, for_discord, for_slack
from revtrack.config import Config


class NotNowError(NotTakenError):
    """A channel asks to be tried again, not before a certain time."""

    def __init__(self, reason: str, until: datetime) -> None:
        super().__init__(reason)
        self.until = until


def carry(
    telling: Telling,
    channel: Channel,
    settings: Config,
    *,
    environment: Mapping[str, str],
    now: datetime,
    within: float = WITHIN,
) -> None:
    """Hand a message to a channel, whatever that is, in so many seconds. Raises NotTakenError."""
    found = resolved(channel, environment)
    if found.kind is Kind.WEBHOOK:
        _post(telling, found, settings, now=now, within=within)
    elif found.kind is Kind.MAIL:
        mail(
            telling,
            found.target[0],
            settings.mail,
            password=look_up(settings.mail.password, environment),
            now=now,
            within=within,
        )
    elif found.kind is Kind.COMMAND:
        _run(telling, found, within=within)
    else:
        _notify(telling, found)


def _post(telling: Telling, channel: Channel, settings: Config, *, now: datetime, within: float) -> None:
    from revtrack.fetching.sending import send  # noqa: PLC0415 - brings the HTTP library

    form = {
        **telling.form,
        "text": for_slack(telling),
        "content": for_discord(telling),
        "allowed_mentions": {"parse": []},
    }
    content = json.dumps(form, ensure_ascii=True).encode("ascii")
    headers = [("Content-Type", "application/json"), ("Idempotency-Key", telling.id)]
    headers += _signature(telling.id, content, channel.secret, now)
    receipt = send(channel.target[0], content, tuple(headers), settings=settings.fetch, within=within)
    if receipt.not_before:
        raise NotNowError(receipt.trouble, receipt.not_before)
    if receipt.trouble:
        raise NotTakenError(receipt.trouble)


def _signature(message_id: str, content: bytes, secret: str, now: datetime) -> list[tuple[str, str]]:
    """Return the headers of Standard Webhooks 1.0: id and time always, the signature where there is a secret."""
    stamp = str(int(now.timestamp()))
    headers = [("webhook-id", message_id), ("webhook-timestamp", stamp)]
    if not secret:
        return headers
    signed = f"{message_id}.{stamp}.".encode() + content
    digest = hmac.new(_key(secret), signed, hashlib.sha256).digest()
    return [*headers, ("webhook-signature", f"v1,{base64.b64encode(digest).decode()}")]


def _key(secret: str) -> bytes:
    if not secret.startswith("whsec_"):
        return secret.encode()
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        raise NotTakenError("its secret begins with whsec_ and is not the Base64 that follows there") from None


def _run(telling: Telling, channel: Channel, *, within: float) -> None:
    """Run a program with the message as JSON on its standard input; no shell reads any of it."""
    told = json.dumps(telling.form, ensure_ascii=True).encode("ascii")
    try:
        done = subprocess.run(  # noqa: S603 - the user's own program, as a list of arguments
            channel.target,
            input=told,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=within,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotTakenError(f"it had not ended after {within:g} seconds and was stopped") from None
    except (OSError, ValueError) as error:
        raise NotTakenError(f"it cannot be run ({type(error).__name__})") from None
    if done.returncode:
        raise NotTakenError(f"it ended with exit code {done.returncode}")


def _notify(telling: Telling, channel: Channel) -> None:
    try:
        import apprise  # noqa: PLC0415 - an extra
    except ImportError:
        raise NotTakenError("Apprise is not there: pip install 'revtrack[notify]'") from None
    log = logging.getLogger("apprise")  # shows URLs, tokens and all
    log.propagate, log.disabled = False, True
    line = apprise.Apprise()
    try:
        is_known = line.add(channel.target[0].removeprefix("apprise:"))
        is_taken = is_known and line.notify(title=telling.subject, body=telling.text, body_format="text")
    except Exception as error:  # noqa: BLE001 - what its many plugins raise may show the URL
        raise NotTakenError(f"Apprise could not deliver it ({type(error).__name__})") from None
    if not is_taken:
        raise NotTakenError("Apprise could not deliver it" if is_known else "its URL is none that Apprise knows")
