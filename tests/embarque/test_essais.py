"""The servers of the tests are real, and the portal's role is as small as in production."""

import pytest
import redis
from django.conf import settings
from django.db import connection


@pytest.mark.django_db
def test_the_tests_run_on_the_embedded_postgresql():
    with connection.cursor() as curseur:
        curseur.execute("SHOW server_version_num")
        assert int(curseur.fetchone()[0]) >= 150000


def test_the_tests_run_on_a_real_valkey():
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        assert client.ping()
