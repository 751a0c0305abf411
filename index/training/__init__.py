"""How `index/model/` was made. Run by hand (`python -m index.training --help`), never imported at run time."""
