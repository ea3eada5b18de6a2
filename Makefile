# Two commands on a fresh machine with Python 3.11+ (pip, venv) and make:  make demo  ·  make test
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-wheel setup setup-test lint bench fast plain clean

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
	$(MAKE) test-wheel

# The quick tests once more, against the wheel as users install it: geo and maps are not in the folder they run in.
WHEEL := build/wheel
test-wheel: setup-test
	rm -rf $(WHEEL) build/lib && mkdir -p $(WHEEL)/run
	$(BIN)/python -m build --wheel --no-isolation --outdir $(WHEEL) . > $(WHEEL)/build.log
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --target $(WHEEL)/site $(WHEEL)/*.whl
	ln -s $(CURDIR)/tests $(CURDIR)/data $(CURDIR)/pyproject.toml $(WHEEL)/run/
	cd $(WHEEL)/run && PYTHONSAFEPATH=1 PYTHONPATH=$(CURDIR)/$(WHEEL)/site FRONTLINE_WHEEL=$(CURDIR)/$(WHEEL)/site \
	  $(CURDIR)/$(BIN)/python -m pytest -n auto -q -m "not slow and not browser and not qgis" tests

bench: setup-test
	$(BIN)/python benchmarks/start.py

# The readers of text compiled to C (setup.py): some minutes of a C compiler.  Compiled files win over edited ones: make plain.
fast: setup-test
	FRONTLINE_COMPILE=1 $(BIN)/python setup.py --quiet build_ext --inplace

plain:
	find geo -name '*.so' -delete
	rm -f geo__mypyc*.so

clean: plain
	rm -rf $(VENV) out build dist *.egg-info
