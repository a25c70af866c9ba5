# AL'in. `make` alone says what can be done. Needs nothing but Python 3.11 or later (with venv) and make.

PORT ?= 8000
export PORT
# Servers and workers start by the dozen: they read compiled modules, whatever the shell says.
unexport PYTHONDONTWRITEBYTECODE

EPINGLER = .venv/bin/uv pip compile -q --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
GABARITS = find templates demandes/sne/simulateur/templates -name '*.html' -exec .venv/bin/djade

# What production looks like, for `check --deploy`.
PRODUCTION = env -u ALIN_DEMO -u ALIN_DEBUG ALIN_ADRESSE=https://alin.example ALIN_HOTES=alin.example ALIN_SNE_SECRET=verification \
	ALIN_CLE_SECRETE="$$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))')"

.PHONY: aide demo demo-neuf test qualite epreuves bench format exigences

aide:
	@echo "make demo        lance AL'in en entier sur http://localhost:$(PORT) (PORT=8010 make demo pour un autre port)"
	@echo "make demo-neuf   la même chose, en effaçant d'abord les données de la démonstration"
	@echo "make test        mise en forme, règles, types, puis tous les tests (une dizaine de minutes)"
	@echo "make epreuves    les épreuves longues : courses, pannes, grands nombres"
	@echo "make bench       mesure le portail à l'échelle du pays (longtemps, plusieurs gigaoctets)"
	@echo "make format      remet le code en forme"
	@echo "make exigences   fige à nouveau les versions des bibliothèques"

demo: .venv/exigences
	@exec .venv/bin/python -m alin.embarque.demonstration

demo-neuf: .venv/exigences
	@exec .venv/bin/python -m alin.embarque.demonstration --neuf

test: qualite
	.venv/bin/python -m alin.embarque.navigateur
	.venv/bin/python -m pytest -n 3 --dist loadgroup --durations 20

qualite: .venv/exigences
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	@echo "djade --check" && $(GABARITS) --check {} +
	.venv/bin/python -c 'from importlinter.cli import lint_imports_command as verifier; verifier()'
	.venv/bin/python -m mypy
	@echo "manage.py check --deploy" && $(PRODUCTION) .venv/bin/python manage.py check --deploy --fail-level WARNING
	.venv/bin/python -m alin.embarque .venv/bin/python manage.py makemigrations --check --dry-run

epreuves: .venv/exigences
	.venv/bin/python -m alin.embarque.navigateur
	.venv/bin/python -m pytest -n 2 --dist loadgroup --durations 30 -m epreuve

bench: .venv/exigences
	@.venv/bin/python -m tests.charge

format: .venv/exigences
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	$(GABARITS) {} +

exigences: .venv/exigences
	$(EPINGLER) pyproject.toml -o requirements.txt
	$(EPINGLER) pyproject.toml --group dev -o requirements-dev.txt
	$(EPINGLER) --group installation -o requirements-uv.txt

# The virtual environment, made again when a pinned version changes. uv checks every hash.
.venv/exigences: requirements-uv.txt requirements-dev.txt
	@python=; for nom in python3 python3.14 python3.13 python3.12 python3.11; do \
		if "$$nom" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$nom; break; fi; \
	done; \
	if [ -z "$$python" ]; then echo "Il faut Python 3.11 ou plus récent (commande python3)." >&2; exit 1; fi; \
	if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then \
		echo "Création de l'environnement Python (.venv)…"; \
		rm -rf .venv && "$$python" -m venv .venv || { \
			rm -rf .venv; echo "Python n'a pas pu créer .venv : installez son module venv (paquet python3-venv)." >&2; exit 1; }; \
	fi
	@echo "Installation des bibliothèques…"
	@.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-uv.txt
	@.venv/bin/uv pip install -q --python .venv/bin/python --compile-bytecode --require-hashes -r requirements-dev.txt
	@touch .venv/exigences
