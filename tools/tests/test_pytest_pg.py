import os
import socket

import pytest
from django.conf import settings
from django.db import connection

from conftest import OutsideConnection
from tools.pytest_pg import version


@pytest.mark.django_db
def test_the_database_is_the_asked_one_and_a_test_s_own() -> None:
    assert connection.connection is None or connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('server_version_num')::int / 10000, current_database()")
        assert cursor.fetchone() == (int(version()), connection.settings_dict["NAME"])


def test_settings_know_they_are_in_a_test() -> None:
    assert settings.TESTING
    assert "cortafuegos-test-" in os.environ["DATABASE_URL"]


def test_no_connection_beyond_this_machine() -> None:
    with socket.socket() as outside, pytest.raises(OutsideConnection):
        outside.connect(("192.0.2.1", 80))
