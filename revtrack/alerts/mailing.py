"""Hand one message to a mail server. No secret and nothing that the server answers is part of a reason."""

import smtplib
import ssl
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote

from revtrack.alerts.channels import NotTakenError
from revtrack.alerts.messages import Telling
from revtrack.config import MailSettings


def mail(
    telling: Telling, address: str, settings: MailSettings, *, password: str, now: datetime, within: float
) -> None:
    """Send a message to a mail address, as text and HTML. Raises NotTakenError."""
    message = _letter(telling, address, settings, now)
    try:
        with _post_office(settings, within) as server:
            if settings.user:
                server.login(settings.user, password)
            server.send_message(message)
    except smtplib.SMTPResponseException as error:  # its words may repeat what it was sent
        raise NotTakenError(f"the mail server answered {error.smtp_code}") from None
    except smtplib.SMTPRecipientsRefused:
        raise NotTakenError("the mail server does not take mail for this address") from None
    except ssl.SSLError:
        raise NotTakenError("no secure connection to the mail server could be made") from None
    except (smtplib.SMTPException, OSError) as error:
        raise NotTakenError(f"the mail server cannot be used ({type(error).__name__})") from None


def _letter(telling: Telling, address: str, settings: MailSettings, now: datetime) -> EmailMessage:
    try:
        receiver = Address(addr_spec=unquote(address.removeprefix("mailto:").partition("?")[0]))
        sender = Address(addr_spec=settings.sender or settings.user)
    except (ValueError, IndexError):
        raise NotTakenError("the address of sender or receiver is no mail address") from None
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, receiver, telling.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{telling.id}@revtrack.invalid>"  # mail programs show a repeated one once
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's vacation answers this
    message.set_content(telling.text)
    message.add_alternative(telling.html, subtype="html")
    return message


def _post_office(settings: MailSettings, within: float) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if settings.security == "tls":
        return smtplib.SMTP_SSL(settings.host, settings.port, timeout=within, context=context)
    server = smtplib.SMTP(settings.host, settings.port, timeout=within)
    if settings.security == "starttls":
        try:
            server.starttls(context=context)
        except BaseException:
            server.close()
            raise
    return server
