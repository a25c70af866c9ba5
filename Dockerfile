# One image for the portal, its worker, its clock, its migrations and the registry's simulator (docker-compose.yml).

FROM python:3.11-slim AS bibliotheques
COPY requirements-uv.txt requirements.txt /tmp/
RUN pip install --no-cache-dir --require-hashes -r /tmp/requirements-uv.txt \
    && python -m venv /opt/alin \
    && uv pip install --no-cache --python /opt/alin/bin/python --compile-bytecode --require-hashes -r /tmp/requirements.txt

FROM python:3.11-slim
RUN useradd --system --no-create-home --shell /usr/sbin/nologin alin
COPY --from=bibliotheques /opt/alin /opt/alin
WORKDIR /srv/alin
COPY manage.py pyproject.toml ./
COPY alin alin
COPY accounts accounts
COPY demandes demandes
COPY offres offres
COPY candidatures candidatures
COPY templates templates
COPY static static
ENV PATH=/opt/alin/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=alin.settings \
    ALIN_STATIQUES=/srv/alin/statiques
RUN python manage.py collectstatic --noinput -v 0 && python -m compileall -q alin accounts demandes offres candidatures
USER alin
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--no-ws", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "8", "--respawn-failed-workers", "--workers-kill-timeout", "10", "alin.wsgi:application"]
