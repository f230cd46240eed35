def pytest_addoption(parser):
    parser.addoption("--renew", action="store_true", help="write golden files anew instead of comparing with them")
