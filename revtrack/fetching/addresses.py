"""Which network addresses may be reached. Pure: it resolves nothing and connects to nothing.

The table is written out, because `ipaddress` answers another question: `is_global` is true of multicast, NAT64, 6to4
relays and more, and changes with the version of Python. Sources: the IANA special-purpose address registries for IPv4
and IPv6 (RFC 6890 and its updates).
"""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

_FORBIDDEN = tuple(
    (ip_network(network), name)
    for network, name in (
        ("0.0.0.0/8", "an address of this network"),
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "a carrier's shared address"),
        ("127.0.0.0/8", "a loopback address"),
        ("169.254.0.0/16", "a link-local address"),
        ("172.16.0.0/12", "a private address"),
        ("192.0.0.0/24", "a protocol assignment"),
        ("192.0.2.0/24", "a documentation address"),
        ("192.31.196.0/24", "an AS112 service address"),
        ("192.52.193.0/24", "a multicast tunnel address"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("192.168.0.0/16", "a private address"),
        ("192.175.48.0/24", "an AS112 service address"),
        ("198.18.0.0/15", "a benchmarking address"),
        ("198.51.100.0/24", "a documentation address"),
        ("203.0.113.0/24", "a documentation address"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "a reserved address"),
        ("168.63.129.16/32", "a cloud provider's internal address"),
        ("64:ff9b:1::/48", "a local translation address"),
        ("2001::/23", "a protocol assignment"),
        ("2001:db8::/32", "a documentation address"),
        ("2002::/16", "a 6to4 address"),
        ("2620:4f:8000::/48", "an AS112 service address"),
        ("3fff::/20", "a documentation address"),
        ("5f00::/16", "a segment routing address"),
        ("fc00::/7", "a private address"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a site-local address"),
        ("ff00::/8", "a multicast address"),
        ("::1/128", "a loopback address"),
        ("::ffff:0:0/96", "an IPv4 address in disguise"),
        ("100::/64", "a discard-only address"),
        # Beyond these: only 2000::/3 is handed out to hosts (RFC 4291, 2.4 and the IANA registry).
        ("::/3", "a reserved address"),
        ("4000::/2", "a reserved address"),
        ("8000::/1", "a reserved address"),
    )
)
# Networks without IPv4 reach every IPv4 host through this prefix (RFC 6052): what counts is the address inside.
_TRANSLATED = IPv6Network("64:ff9b::/96")


def forbidden(address: str) -> str:
    """Return why an address must not be reached, in a few words, or "" if it is a public one.

    >>> forbidden("192.168.1.1"), forbidden("64:ff9b::7f00:1"), forbidden("9.9.9.9")
    ('a private address', 'a loopback address', '')
    """
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return "no address"
    return _why(parsed)


def _why(address: IPv4Address | IPv6Address) -> str:
    if isinstance(address, IPv6Address) and address in _TRANSLATED:
        return _why(IPv4Address(int(address) & 0xFFFFFFFF))
    return next((name for network, name in _FORBIDDEN if address.version == network.version and address in network), "")


def is_allowed(host: str, port: int, *, allow: Iterable[str]) -> bool:
    """Say whether a list of "host:port" and "host" names this host or address; IPv6 addresses stand in brackets."""
    return _is_allowed(host, port, tuple(allow))


@lru_cache(maxsize=4096)
def _is_allowed(host: str, port: int, allow: tuple[str, ...]) -> bool:
    shown = f"[{_compressed(host)}]" if ":" in host else host.lower()
    return any(entry in (shown, f"{shown}:{port}") for entry in map(_spelled, allow))


def _spelled(entry: str) -> str:
    if not entry.startswith("["):
        return f"[{_compressed(entry)}]" if entry.count(":") > 1 else entry.lower()
    address, bracket, port = entry[1:].partition("]")
    return f"[{_compressed(address)}{bracket}{port}"


def _compressed(address: str) -> str:
    try:
        return ip_address(address).compressed
    except ValueError:
        return address.lower()
