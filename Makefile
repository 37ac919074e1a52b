# Thin over dev.py, which needs Python ≥ 3.11 and nothing else. Arguments: make test ARGS="tests/visits -k A4"
PYTHON ?= python3
.PHONY: run test check bench demo report
run test check bench demo report:
	@$(PYTHON) dev.py $@ $(ARGS)
