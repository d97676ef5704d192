"""How every file of weights and every learnt list was made."""
