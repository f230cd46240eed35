import pytest

from revtrack.fetching.addresses import forbidden, is_allowed

BAD = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254 169.254.169.254 169.254.0.1
172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.170 192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1 192.168.0.1 192.168.255.255
192.175.48.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 233.252.0.1 240.0.0.1 255.255.255.255
168.63.129.16
:: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1 ::ffff:9.9.9.9 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::10.0.0.1
64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 100:0:0:1::1 2001::1 2001:0:4136:e378::1 2001:2::1 2001:10::1 2001:20::1 2001:db8::1
2002:7f00:1::1 2002:a00:1:: 2620:4f:8000::1 3fff::1 3fff:fff::1 4000::1 5f00::1 8000::1 c000::1 fc00::1 fd12:3456::1 fd00:ec2::254
fe00::1 fe80::1 fe80::1%eth0 febf::1 fec0::1 ff02::1 ff0e::1 not-an-address 127.1 0x7f000001
""".split()  # noqa: SIM905 - a table reads better
GOOD = """
1.1.1.1 8.8.8.8 9.9.9.9 93.184.215.14 100.63.255.255 100.128.0.1 172.15.255.255 172.32.0.1 192.0.1.1 198.17.255.255 198.20.0.1
223.255.255.254 2606:4700::1111 2001:4860:4860::8888 2a00:1450:4001:800::200e 2400:cb00::1 2001:200::1 3ffe::1 64:ff9b::9.9.9.9
""".split()  # noqa: SIM905 - a table reads better


@pytest.mark.parametrize("address", BAD)
def test_no_address_that_is_not_public_may_be_reached(address):
    assert forbidden(address)


@pytest.mark.parametrize("address", GOOD)
def test_every_public_address_may_be_reached(address):
    assert not forbidden(address)


def test_an_allow_list_names_a_port_or_a_whole_host():
    assert is_allowed("127.0.0.1", 8700, allow=["127.0.0.1:8700"])
    assert not is_allowed("127.0.0.1", 8701, allow=["127.0.0.1:8700"])
    assert is_allowed("Intranet.example", 8701, allow=["intranet.example"])
    assert is_allowed("::1", 8700, allow=["[0:0::1]:8700"])
    assert is_allowed("::1", 8700, allow=["::1"])
    assert not is_allowed("::1", 8700, allow=["[::1]:8701", "127.0.0.1:8700", ""])
    assert not is_allowed("127.0.0.1", 8700, allow=[])
