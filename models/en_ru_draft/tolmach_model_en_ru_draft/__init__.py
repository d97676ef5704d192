"""The files of the en_ru_draft model; translate/engines/draft.py puts the parts of model.bin together on first use."""
