"""Sign texts with an OpenSSH key and check such signatures, by calling ssh-keygen. Holds no key and no algorithm.

So keys in an agent or on a hardware token serve as those in a file do, and whoever has OpenSSH can check what was
signed. Signatures are those of `ssh-keygen -Y sign` (SSHSIG), in the namespace "revtrack".
"""

import re
import struct
import subprocess
import textwrap
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from revtrack.errors import SigningError

NAMESPACE = "revtrack"
_MAGIC = b"SSHSIG"
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_PATIENCE = 60.0  # seconds: long enough to touch a hardware key
_LINE = re.compile(r"— (\S+) ([A-Za-z0-9+/=]{40,20000})")


@dataclass(frozen=True, slots=True)
class Signature:
    """An SSH signature (the bytes that its armour wraps) and the name of whoever made it."""

    signer: str
    blob: bytes

    @property
    def armor(self) -> str:
        """The signature as ssh-keygen writes it to a file."""
        lines = textwrap.wrap(b64encode(self.blob).decode(), 70)
        return "\n".join([_BEGIN, *lines, _END, ""])

    @property
    def public_key(self) -> str:
        """The key that the signature names, as it stands in a `.pub` file: kind and Base64."""
        blob, _ = _string(self.blob, len(_MAGIC) + 4)
        kind, _ = _string(blob, 0)
        return f"{kind.decode('ascii')} {b64encode(blob).decode()}"

    @property
    def allowed(self) -> str:
        """The line of an `allowed_signers` file by which this key is trusted."""
        return f'{self.signer} namespaces="{NAMESPACE}" {self.public_key}\n'

    def __str__(self) -> str:
        """Return the line of a signed note: an em dash, the name, and the signature behind four bytes of the key."""
        key = b64decode(self.public_key.split()[1])
        name = sha256(self.signer.encode() + b"\n\xff" + _MAGIC + key).digest()[:4]
        return f"— {self.signer} {b64encode(name + self.blob).decode()}"


def read_signature(line: str) -> Signature | None:
    """Return the signature that a line of a signed note holds, None for one that is of another kind or none."""
    found = _LINE.fullmatch(line.strip())
    if not found:
        return None
    try:
        blob = b64decode(found[2], validate=True)[4:]
        signature = Signature(found[1], blob)
        return signature if blob.startswith(_MAGIC) and signature.public_key else None
    except (Base64Error, struct.error, UnicodeDecodeError):
        return None


def sign(text: bytes, *, key: Path, signer: str) -> Signature:
    """Return the signature of a text. Raises SigningError."""
    if not re.fullmatch(r"[^\s+\"*?!,]{1,100}", signer):
        raise SigningError("ssh-keygen", f"{signer!r} cannot be a signer's name: one word, as in 'desk@example.org'")
    if not key.expanduser().exists():
        raise SigningError("ssh-keygen", f"there is no key {key}")
    done = _run(["-Y", "sign", "-n", NAMESPACE, "-f", str(key.expanduser())], text)
    if done.returncode:
        raise SigningError("ssh-keygen", _last_line(done.stderr))
    armored = done.stdout.decode("ascii", "replace").partition(_BEGIN)[2].partition(_END)[0]
    return Signature(signer, b64decode("".join(armored.split())))


def why_wrong(signature: Signature, text: bytes, *, signers: str) -> str:
    """Return why a signature does not hold for a text by the keys of an `allowed_signers` text, "" if it does.

    Raises SigningError where there is no ssh-keygen.
    """
    with TemporaryDirectory() as folder:
        allowed, written = Path(folder, "allowed_signers"), Path(folder, "signature")
        allowed.write_text(signers, encoding="utf-8")
        written.write_text(signature.armor, encoding="ascii")
        arguments = ["-Y", "verify", "-n", NAMESPACE, "-f", str(allowed), "-I", signature.signer, "-s", str(written)]
        done = _run(arguments, text)
    return "" if done.returncode == 0 else _last_line(done.stderr or done.stdout)


def trusted_by(*, signers: str, key: str, signer: str) -> str:
    """Return the `allowed_signers` text of the settings: the file that they name, else the public half of their key.

    Raises SigningError for a file that cannot be read; "" where the settings name neither.
    """
    try:
        if signers:
            return Path(signers).expanduser().read_text(encoding="utf-8")
        if not key:
            return ""
        public = Path(key).expanduser()
        public = public if public.suffix == ".pub" else public.with_name(f"{public.name}.pub")
        kind, content = public.read_text(encoding="utf-8").split()[:2]
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise SigningError("signers", f"the keys that are trusted cannot be read: {error}") from error
    return f'{signer} namespaces="{NAMESPACE}" {kind} {content}\n'


def _run(arguments: list[str], text: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - names of ours and of the settings, no shell
            ["ssh-keygen", *arguments],  # noqa: S607 - the user's own
            input=text,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except FileNotFoundError:
        raise SigningError("ssh-keygen", "it is not installed (OpenSSH 8.1 or later)") from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SigningError("ssh-keygen", f"it gave no answer ({error})") from error


def _last_line(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "it refused and did not say why"


def _string(blob: bytes, start: int) -> tuple[bytes, int]:
    """Return a string of SSH's wire format, its length before it, and where it ends."""
    (length,) = struct.unpack_from(">I", blob, start)
    end = start + 4 + length
    if end > len(blob):
        raise struct.error("the signature breaks off")
    return blob[start + 4 : end], end
