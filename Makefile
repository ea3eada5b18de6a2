# Two commands on a fresh machine with Python 3.11+ (pip, venv) and make:  make demo  ·  make test
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test setup setup-test lint bench clean

setup: $(VENV)/.installed
setup-test: $(VENV)/.installed-test

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.installed-test: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@ $(VENV)/.installed

demo: setup
	mkdir -p out
	$(BIN)/frontline map data/reports -o out/demo.html -o out/demo.geojson -o out/demo.gpkg -o out/demo.csv
	@echo "Open out/demo.html in a browser; out/demo.gpkg in QGIS."

lint: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/python -m pytest -n auto -q

bench: setup-test
	$(BIN)/python benchmarks/start.py

clean:
	rm -rf $(VENV) out build dist *.egg-info
